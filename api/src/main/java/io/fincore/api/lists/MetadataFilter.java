package io.fincore.api.lists;

import io.fincore.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pairs that metadata has to contain, from parameters {@code metadata[key]=value}. */
public record MetadataFilter(Map<String, String> pairs) {

    private static final String PREFIX = "metadata[";
    private static final Pattern NAME = Pattern.compile("metadata\\[.{1,40}]");

    public MetadataFilter {
        pairs = Map.copyOf(pairs);
    }

    /** Whether a query parameter is one of this filter. */
    public static boolean names(String parameter) {
        return NAME.matcher(parameter).matches();
    }

    /** @throws ProblemException 400 for a value that no metadata can have */
    static MetadataFilter of(HttpServletRequest request) {
        return new MetadataFilter(request.getParameterMap().entrySet().stream()
                .filter(parameter -> names(parameter.getKey()))
                .collect(Collectors.toUnmodifiableMap(
                        parameter -> key(parameter.getKey()),
                        parameter -> storable(parameter.getKey(), parameter.getValue()[0]))));
    }

    private static String key(String parameter) {
        return parameter.substring(PREFIX.length(), parameter.length() - 1);
    }

    private static String storable(String parameter, String value) {
        if (value.codePointCount(0, value.length()) > 500 || value.indexOf('\0') >= 0) {
            throw ProblemException.parameter(parameter, "is no text of at most 500 characters");
        }
        return value;
    }
}
