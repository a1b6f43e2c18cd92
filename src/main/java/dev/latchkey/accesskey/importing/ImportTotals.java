package dev.latchkey.accesskey.importing;

/**
 * How much an import has done, or would do.
 *
 * @param scopesAdded scopes that the catalogue did not have
 * @param issuersChanged trusted issuers that were added, or are different now
 * @param created keys that were added
 * @param changed keys that were there and are different now
 * @param deleted keys that the document does not name, where it says which keys there are
 * @param unchanged keys that were as the document says
 * @param generated secrets that were made, for keys that were added without one
 */
public record ImportTotals(
        long scopesAdded,
        long issuersChanged,
        long created,
        long changed,
        long deleted,
        long unchanged,
        long generated) {
    /** Whether the store was as the document says. */
    public boolean isNothing() {
        return scopesAdded == 0 && issuersChanged == 0 && created == 0 && changed == 0 && deleted == 0;
    }
}
