package io.fincore.decision;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * A list as its publisher gives it.
 *
 * @param id tells the list from others; a list with the same id replaces it
 * @param asOf of when the list is: its age decides whether it is relied upon
 * @param names of persons and organisations; an alias is a name of its own
 * @param countries ISO 3166-1 alpha-2, compared with the country of the creditor's IBAN
 */
public record SanctionsList(String id, String title, Instant asOf, Set<String> names, Set<String> countries) {

    public SanctionsList {
        if (id.isBlank() || title.isBlank()) {
            throw new IllegalArgumentException("a sanctions list has an id and a title");
        }
        names = Set.copyOf(names);
        countries = Set.copyOf(countries);
        for (String name : names) {
            if (NormalisedName.of(name).keys().isEmpty()) {
                throw new IllegalArgumentException("'" + name + "' has no letters to compare a name with");
            }
        }
        for (String country : countries) {
            if (country.length() != 2 || !Set.of(Locale.getISOCountries()).contains(country)) {
                throw new IllegalArgumentException("'" + country + "' is not a country code of ISO 3166-1");
            }
        }
    }
}
