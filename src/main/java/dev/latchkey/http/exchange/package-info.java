/**
 * Inside the HTTP adapter, the bottom: reading a request strictly (body, form, Basic credentials) and writing an answer
 * whole (JSON, errors in the form that the path calls for). Knows no endpoint.
 */
@NullMarked
package dev.latchkey.http.exchange;

import org.jspecify.annotations.NullMarked;
