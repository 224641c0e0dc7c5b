package io.fincore.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.workflows.client.Payloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The JSON of every payload as it stands in histories. Fields are only ever added: a file that changes in another way is a
 * payment that cannot go on.
 */
class PayloadsTest {

    private static final Path FOLDER = Path.of("src/test/resources/payloads");
    private static final ObjectMapper MAPPER = Payloads.mapper();

    static Stream<Class<?>> writtenTypes() {
        return Contracts.payloadTypes().stream().filter(type -> !type.isSealed());
    }

    @ParameterizedTest
    @MethodSource("writtenTypes")
    void isReadAndWrittenAsItWas(Class<?> type) throws IOException {
        JsonNode golden = MAPPER.readTree(FOLDER.resolve(fileName(type)).toFile());
        Class<?> readAs = type.isEnum() ? type.arrayType() : declaredType(type);

        Object payload = MAPPER.treeToValue(golden, readAs);

        assertThat(MAPPER.readTree(MAPPER.writeValueAsString(payload))).isEqualTo(golden);
        if (type.isEnum()) {
            assertThat((Object[]) payload).containsExactly(type.getEnumConstants());
        } else {
            assertThat(payload).isInstanceOf(type).hasNoNullFieldsOrProperties();
        }
    }

    @Test
    void everyFileBelongsToAType() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            assertThat(names)
                    .containsExactlyInAnyOrderElementsOf(
                            writtenTypes().map(PayloadsTest::fileName).toList());
        }
    }

    /** A variant is read as what it is a variant of: its name must tell. */
    private static Class<?> declaredType(Class<?> type) {
        return Stream.of(type.getInterfaces())
                .filter(Class::isSealed)
                .<Class<?>>map(sealedType -> sealedType)
                .findFirst()
                .orElse(type);
    }

    private static String fileName(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return (outer == null ? "" : outer.getSimpleName() + ".") + type.getSimpleName() + ".json";
    }
}
