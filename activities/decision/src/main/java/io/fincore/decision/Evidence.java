package io.fincore.decision;

import java.util.List;

/**
 * What the database knows about a payment that is to be decided, its source's velocity aside.
 *
 * @param ruleSetVersion the active one
 * @param givenUp whether the payment was released already
 * @param sanctionedNames entries whose name the creditor has
 * @param similarSanctionedNames entries of two words or more, all of which the creditor's name has among others
 * @param sanctionsListAgeHours of the list that was not renewed for longest; as good as infinite if there is no list
 * @param newCreditor whether the customer has not yet paid this IBAN
 * @param newClientIp whether the customer has not yet paid from this address; false if there is no address
 */
record Evidence(
        String ruleSetVersion,
        boolean givenUp,
        List<String> sanctionedNames,
        List<String> similarSanctionedNames,
        boolean sanctionedCountry,
        long sanctionsListAgeHours,
        boolean newCreditor,
        boolean newClientIp) {

    Evidence {
        sanctionedNames = List.copyOf(sanctionedNames);
        similarSanctionedNames = List.copyOf(similarSanctionedNames);
    }
}
