package io.fincore.providers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwiftTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ACME GmbH                | ACME GmbH",
                "O'Neil (Ltd.), a+b: c?   | O'Neil (Ltd.), a+b: c?",
                "Jürgen Groß              | Jurgen Gross",
                "Łódź Æsir Øre Þór        | Lodz AEsir Ore THor",
                "Smith & Sons_1           | Smith + Sons-1",
                "„Zitat“ [x] a;b!         | 'Zitat' (x) a,b.",
                "Αθήνα                    | Athina",
                "Жуков Щука               | Zhukov Shtuka",
                "東京                     | ..",
                "Hi 😀                    | Hi .",
                "ﬁnal ①                   | final 1",
                "//A//B/                  | A/B",
                "a  b                     | a b"
            })
    void writesInSwiftsCharacterSet(String text, String expected) {
        assertThat(SwiftText.of(text)).isEqualTo(expected);
    }

    @Test
    void cutsWhatIsTooLongAfterTransliteration() {
        assertThat(SwiftText.of("ß".repeat(100))).isEqualTo("s".repeat(140));
    }

    @Test
    void leavesNothingOfSpacesAndSlashes() {
        assertThat(SwiftText.of(" / // ")).isEmpty();
        assertThat(SwiftText.of("a\tb\nc\u0000d")).isEqualTo("a b c.d");
    }
}
