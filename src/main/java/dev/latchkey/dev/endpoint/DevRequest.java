package dev.latchkey.dev.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.http.exchange.FormBody;

/**
 * A request to an endpoint of the stand-in.
 *
 * @param body the JSON object that was sent; one without fields where there was no body
 * @param query the parameters after the question mark, each there once
 */
public record DevRequest(ObjectNode body, FormBody query) {}
