/**
 * Floor 7, below {@code dev}: what the stand-in imitates of other token services. A {@link dev.latchkey.dev.profile.Profile}
 * is data, one JSON file of resources a provider: paths, issuer, claims, answers, errors, discovery document, and what is
 * not imitated. The code here fills those templates; the only rules of a single provider are Auth0's JSON body and
 * default audience and Entra's {@code RESOURCE/.default}, both in {@link dev.latchkey.dev.profile.ProfileForm} and
 * {@link dev.latchkey.dev.profile.ProfileRules}. Tokens are issued by the service's own
 * {@link dev.latchkey.token.issuing.TokenIssuer}, over the same keys, by other rules of what to write.
 */
@NullMarked
package dev.latchkey.dev.profile;

import org.jspecify.annotations.NullMarked;
