package io.fincore.dev.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.regex.Pattern;

/** How answers are shown. */
final class Output {

    private static final int LINE = 100;
    private static final Pattern ID = Pattern.compile("[a-z]{2,8}_[0-9a-z]{1,40}");

    private Output() {}

    static void print(PrintWriter out, JsonNode body) {
        out.println(body.toPrettyString());
    }

    /** In one line. */
    static String brief(JsonNode detail) {
        String text = detail.isTextual() ? detail.asText() : detail.isNull() ? "" : detail.toString();
        return text.length() <= LINE ? text : text.substring(0, LINE - 1) + "…";
    }

    /** @throws CliException if it cannot be an id, and would be a path of its own */
    static String id(String typed) {
        if (!ID.matcher(typed).matches()) {
            throw new CliException("\"" + typed + "\" is no id: ids look like pay_01jb…");
        }
        return typed;
    }
}
