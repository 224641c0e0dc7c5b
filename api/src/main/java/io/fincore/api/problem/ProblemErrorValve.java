package io.fincore.api.problem;

import io.fincore.api.request.RequestLog;
import io.fincore.api.request.SafeHeaders;
import io.fincore.money.IdType;
import java.io.IOException;
import java.io.PrintWriter;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/** Answers for Tomcat when a request is too broken to reach any filter; without it an HTML page would. */
public final class ProblemErrorValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ProblemException problem = ProblemHandler.ofStatus(HttpStatusCode.valueOf(response.getStatus()));
        ProblemType type = problem.type();
        String requestId = IdType.REQUEST.next();
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding("utf-8");
            response.setHeader("Request-Id", requestId);
            response.setHeader("Correlation-Id", requestId);
            response.setHeader("Cache-Control", SafeHeaders.CACHE_CONTROL);
            SafeHeaders.add(response::setHeader);
            Problem.tellRetryAfter(problem, response::setHeader);
            RequestLog.writeUnreadable(requestId, response.getStatus(), type.code());
            PrintWriter writer = response.getReporter();
            if (writer == null) {
                return;
            }
            // Only constants of ours: the path may be what is broken, so it is left out.
            writer.write("""
                    {"type":"%s","title":"%s","status":%d,"detail":"%s","instance":"/","code":"%s",\
                    "request_id":"%s","correlation_id":"%s"}""".formatted(
                            type.uri(),
                            type.title(),
                            type.status().value(),
                            problem.detail(),
                            type.code(),
                            requestId,
                            requestId));
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            getContainer().getLogger().debug("the client has gone", gone);
        }
    }
}
