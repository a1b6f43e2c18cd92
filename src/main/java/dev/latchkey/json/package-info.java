/**
 * Floor 0: JSON, strictly read ({@link dev.latchkey.json.StrictParser}) in two ways.
 *
 * <p>{@link dev.latchkey.json.JsonBinding} is Jackson's data binding: records and trees for the management API, the command
 * line, import files, and what keys and audit events keep as JSON. It takes some 100 ms and several megabytes to load, so
 * that neither a start nor a token, nor what resource servers ask, may touch it: they read by {@link
 * dev.latchkey.json.JsonReader} and write by {@link dev.latchkey.json.ObjectBytes}. A test lists the classes that they load.
 */
@NullMarked
package dev.latchkey.json;

import org.jspecify.annotations.NullMarked;
