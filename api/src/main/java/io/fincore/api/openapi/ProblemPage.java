package io.fincore.api.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.problem.ProblemType;
import org.springframework.web.util.HtmlUtils;

/**
 * The page of one problem, in two scripts.
 *
 * @param operations that answer with it, in words: {@code `POST /v1/payments`}
 */
record ProblemPage(ProblemType type, String operations) {

    private static final ObjectMapper JSON = new ObjectMapper();

    String markdown() {
        return """
                ## %s

                **%d %s.** %s

                - What to do: %s
                - Repeat it? %s
                - Answered by: %s

                ```json
                %s
                ```
                """.formatted(
                        type.code(),
                        type.status().value(),
                        type.title(),
                        type.description(),
                        words().client(),
                        words().repeat().advice(),
                        operations,
                        example());
    }

    String html() {
        return html(type.code(), """
                <h1><code>%s</code></h1>
                <p><strong>%d %s.</strong> %s</p>
                <h2>What to do</h2><p>%s</p>
                <h2>Repeat it?</h2><p>%s</p>
                <h2>An example</h2><pre>%s</pre>
                <h2>Answered by</h2><p>%s</p>
                <p><a href="../problems">All problems</a> · <a href="../openapi/ui">The API</a></p>
                """.formatted(
                        type.code(),
                        type.status().value(),
                        text(type.title()),
                        text(type.description()),
                        text(words().client()),
                        text(words().repeat().advice()),
                        HtmlUtils.htmlEscape(example()),
                        text(operations)));
    }

    static String html(String title, String body) {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>%s · FinCore</title>
                <meta name="viewport" content="width=device-width">
                <style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
                pre{background:#f4f4f4;padding:1rem;overflow:auto}td{padding:.2rem .6rem .2rem 0;vertical-align:top}</style>
                </head><body>
                %s</body></html>
                """.formatted(title, body);
    }

    /** Back-quotes become code. */
    static String text(String markdown) {
        return HtmlUtils.htmlEscape(markdown, "UTF-8").replaceAll("`([^`]*)`", "<code>$1</code>");
    }

    private ProblemWords words() {
        return ProblemWords.of(type);
    }

    private String example() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(words().example(type));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
