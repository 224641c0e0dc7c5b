package io.fincore.api.openapi;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Serves a page for each problem at the path that its {@code type} has, for everybody. */
@Hidden
@RestController
final class ProblemPages {

    private final RequestMappingHandlerMapping mappings;

    ProblemPages(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.mappings = mappings;
    }

    @GetMapping(path = "/problems", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> index() {
        String rows = Arrays.stream(ProblemType.values())
                .map(type -> "<tr><td>%d</td><td><a href=\"problems/%s\"><code>%s</code></a></td><td>%s</td></tr>\n"
                        .formatted(type.status().value(), type.code(), type.code(), ProblemPage.text(type.title())))
                .collect(Collectors.joining());
        return page(ProblemPage.html("Problems", "<h1>Problems</h1>\n<table>\n" + rows + "</table>\n"));
    }

    @GetMapping(path = "/problems/{code}", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> one(@PathVariable String code) {
        ProblemType asked = Arrays.stream(ProblemType.values())
                .filter(type -> type.code().equals(code))
                .findAny()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such problem."));
        return page(page(asked, new AnsweredBy(mappings)).html());
    }

    /** All pages as one: {@code docs/using/problems.md}. */
    @GetMapping(path = "/problems.md", produces = "text/markdown;charset=UTF-8")
    String markdown() {
        String rows = Arrays.stream(ProblemType.values())
                .map(type -> "| %d | [`%s`](#%s) | %s |"
                        .formatted(type.status().value(), type.code(), type.code(), type.title()))
                .collect(Collectors.joining("\n"));
        AnsweredBy operations = new AnsweredBy(mappings);
        String pages = Arrays.stream(ProblemType.values())
                .map(type -> page(type, operations).markdown())
                .collect(Collectors.joining("\n"));
        return """
                # Problems

                Every error is an `application/problem+json` (RFC 9457). `type` is `https://fincore.io/problems/<code>` and never
                changes its meaning; a running API has the page at the same path, `/problems/<code>`. `title` and `detail` are for people
                and may change. `request_id` is also in the `Request-Id` header and in every log line; `correlation_id` is the
                `Correlation-Id` you sent, else the request id. `errors` names what is wrong by JSON pointer into the body, or by the name
                of the parameter. This page is made from the code, and checked against it by a test.

                | status | code | title |
                |---|---|---|
                %s

                %s""".formatted(rows, pages);
    }

    private static ResponseEntity<String> page(String html) {
        return ResponseEntity.ok()
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .body(html);
    }

    private static ProblemPage page(ProblemType type, AnsweredBy operations) {
        return new ProblemPage(type, operations.of(type));
    }
}
