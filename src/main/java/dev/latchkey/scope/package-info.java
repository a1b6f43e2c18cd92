/**
 * Floor 2: scopes (RFC 6749 §3.3): a set of them in an order, the rules of their characters, and the catalogue of those that
 * access keys may be given. The reserved ones, which open the management API, stand in no catalogue.
 */
@NullMarked
package dev.latchkey.scope;

import org.jspecify.annotations.NullMarked;
