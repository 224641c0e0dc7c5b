package io.fincore.api.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the description says in words, from the files {@code openapi/words/*.yaml}: what types and annotations tell is not said again.
 *
 * @param operations by operation id
 * @param schemas by name
 * @param fields of any schema that says nothing of its own about a field of that name
 * @param parameters of any operation that says nothing of its own about a parameter of that name
 * @param headers of answers
 * @param pathParameters by the beginning of a path, which may tell more of a parameter in it; the longest counts
 */
record Words(
        Map<String, String> tags,
        Map<String, OperationWords> operations,
        Map<String, SchemaWords> schemas,
        Map<String, Facts> fields,
        Map<String, Facts> parameters,
        Map<String, Facts> headers,
        @JsonProperty("path_parameters") Map<String, Map<String, Facts>> pathParameters) {

    /**
     * @param body name of the schema of what is sent, where the code takes the body as bytes
     * @param located whether the answer tells in Location where it is found later
     */
    record OperationWords(
            @Nullable String description, @Nullable String body, boolean located, Map<String, Facts> parameters) {

        OperationWords {
            parameters = orEmpty(parameters);
        }
    }

    record SchemaWords(@Nullable String description, Map<String, Facts> fields) {

        SchemaWords {
            fields = orEmpty(fields);
        }
    }

    Words {
        tags = orEmpty(tags);
        operations = orEmpty(operations);
        schemas = orEmpty(schemas);
        fields = orEmpty(fields);
        parameters = orEmpty(parameters);
        headers = orEmpty(headers);
        pathParameters = orEmpty(pathParameters);
    }

    static Words read() {
        List<Words> files = Resources.all("openapi/words/*.yaml", Words.class);
        return new Words(
                merged(files, Words::tags),
                merged(files, Words::operations),
                merged(files, Words::schemas),
                merged(files, Words::fields),
                merged(files, Words::parameters),
                merged(files, Words::headers),
                merged(files, Words::pathParameters));
    }

    /** @throws IllegalStateException if two files speak of the same */
    private static <T> Map<String, T> merged(List<Words> files, Function<Words, Map<String, T>> part) {
        return files.stream()
                .flatMap(file -> part.apply(file).entrySet().stream())
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        Map.Entry::getValue,
                        (one, other) -> {
                            throw new IllegalStateException("said twice: " + one + " and " + other);
                        },
                        LinkedHashMap::new));
    }

    boolean isLocated(String operation) {
        OperationWords words = operations.get(operation);
        return words != null && words.located();
    }

    @Nullable
    Facts field(String schema, String name) {
        SchemaWords words = schemas.get(schema);
        Facts own = words == null ? null : words.fields().get(name);
        return own == null ? fields.get(name) : own;
    }

    @Nullable
    Facts parameter(String operation, String path, String name) {
        OperationWords words = operations.get(operation);
        if (words != null && words.parameters().containsKey(name)) {
            return words.parameters().get(name);
        }
        return pathParameters.entrySet().stream()
                .filter(entry ->
                        path.startsWith(entry.getKey()) && entry.getValue().containsKey(name))
                .reduce((one, other) -> one.getKey().length() > other.getKey().length() ? one : other)
                .map(entry -> entry.getValue().get(name))
                .orElse(parameters.get(name));
    }

    private static <T> Map<String, T> orEmpty(@Nullable Map<String, T> given) {
        return given == null ? Map.of() : given;
    }
}
