/**
 * Attacks by strangers and by small users on the packaged service, a process of its own with the JVM flags of {@code
 * run.sh}. Each test says what the attacker does and what the service answers to that; that the process lives on, still
 * issues tokens and gives its memory back is asked after each by {@link dev.latchkey.attack.AttackedService}.
 */
@NullMarked
package dev.latchkey.attack;

import org.jspecify.annotations.NullMarked;
