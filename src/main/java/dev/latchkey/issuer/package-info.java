/**
 * Floor 2: other issuers whose tokens access keys may prove themselves by, and the JWK Sets that others' signatures are
 * verified with. {@link dev.latchkey.issuer.TrustedIssuers} is what an Owner does with them; {@link
 * dev.latchkey.issuer.IssuerKeys} keeps the sets that were fetched, for as long as the answers said, and nothing else:
 * whether an issuer is trusted is read from the store each time.
 */
@NullMarked
package dev.latchkey.issuer;

import org.jspecify.annotations.NullMarked;
