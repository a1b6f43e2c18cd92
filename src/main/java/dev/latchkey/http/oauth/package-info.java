/** The OAuth 2.0 endpoints (RFC 6749, 6750, 7009, 7517, 7662, 8414): forms and headers in, JSON out. What a token is lives below. */
@NullMarked
package dev.latchkey.http.oauth;

import org.jspecify.annotations.NullMarked;
