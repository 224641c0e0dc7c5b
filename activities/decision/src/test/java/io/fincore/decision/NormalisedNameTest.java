package io.fincore.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalisedNameTest {

    @Test
    void hasTextKeysAndWords() {
        assertThat(NormalisedName.of("  Société Interdite, S.A. "))
                .isEqualTo(new NormalisedName(
                        "societe interdite s a",
                        List.of("a interdite s societe", "interdite sa societe", "societeinterditesa"),
                        List.of("interdite", "sa", "societe"),
                        List.of("a", "interdite", "s", "sa", "societe")));
    }

    @ParameterizedTest
    @CsvSource({
        "Blocked Person Ltd, BLOCKED PERSON LTD",
        "Blocked Person Ltd, Blocked   Person\u00a0Ltd.",
        "Blocked Person Ltd, Person Blocked Ltd",
        "Blocked Person Ltd, Blocked-Person_Ltd",
        "Blocked Person Ltd, Blocked.Person.Ltd",
        "Blocked Person Ltd, BlockedPerson Ltd",
        "Blocked Person Ltd, B l o c k e d Person Ltd",
        "Blocked Person Ltd, Blocked Person Limited",
        "Blocked Person Ltd, Blo\u200bcked Per\u00adson Ltd",
        "Blocked Person Ltd, Ｂｌｏｃｋｅｄ Person Ltd",
        "Blocked Person Ltd, 𝐁𝐥𝐨𝐜𝐤𝐞𝐝 Person Ltd",
        "Žofie Nežádoucí, ZOFIE NEZADOUCI",
        "Žofie Nežádoucí, Nežádoucí Žofie",
        "Žofie Nežádoucí, Z\u030cofie Nez\u030ca\u0301douci\u0301",
        "Weiß Straße, WEISS STRASSE",
        "Ødegård Æbelø, odegard aebelo",
        "Łukasz Đorđević, Lukasz Dordevic",
        "İstanbul Işık, istanbul isik",
        "O'Brien, OBrien",
        "O'Brien, O’Brien",
        "O'Brien, O Brien",
        "Σίσυφος, ΣΊΣΥΦΟΣ",
        "Société Interdite S.A., Societe Interdite SA",
        "ﬁnance, finance"
    })
    void isTheSameNameInAnotherSpelling(String name, String other) {
        assertThat(sameName(name, other)).isTrue();
    }

    /** The documented limits: who reads the result must know what is not caught. */
    @ParameterizedTest
    @CsvSource({
        "Blocked Person Ltd, Blockd Person Ltd",
        "Blocked Person Ltd, Blocked Person",
        "Blocked Person Ltd, B. Person Ltd",
        "Blocked Person Ltd, Bl\u043ecked Person Ltd",
        "Müller, Mueller",
        "Dmitri, Дмитрий"
    })
    void isAnotherName(String name, String other) {
        assertThat(sameName(name, other)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "...", "🙂", "\u200b", "'"})
    void hasNoKeyWithoutLettersAndDigits(String name) {
        assertThat(NormalisedName.of(name)).isEqualTo(new NormalisedName("", List.of(), List.of(), List.of()));
    }

    private static boolean sameName(String name, String other) {
        return !Collections.disjoint(
                NormalisedName.of(name).keys(), NormalisedName.of(other).keys());
    }
}
