/** What other programs get: jars with POMs of their own, the public API, and the samples that use both. */
package dev.latchkey.artifacts;
