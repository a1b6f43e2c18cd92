/**
 * What an access key no longer needs: judged by when its secrets and scopes were last used, as
 * {@link dev.latchkey.accesskey.AccessKeyUses} has noted it.
 */
@NullMarked
package dev.latchkey.accesskey.advice;

import org.jspecify.annotations.NullMarked;
