package io.fincore.api.request;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.settings.FincoreProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses long bodies: by their declared length at once, by counting when none is declared. And slow ones, since a request keeps its place
 * until its body has come: the container bounds the time of one read only, and a byte now and then would keep the place for hours.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 30) // inside ProblemFilter, which answers
final class BodyLimitFilter extends OncePerRequestFilter {

    private final int maxBytes;
    private final Duration timeout;

    BodyLimitFilter(FincoreProperties properties) {
        this.maxBytes = properties.http().maxBodyBytes();
        this.timeout = properties.limits().bodyTimeout();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        chain.doFilter(new Bounded(request), response);
    }

    private ProblemException tooLarge() {
        return new ProblemException(ProblemType.BODY_TOO_LARGE, "A body may have " + maxBytes + " bytes.");
    }

    private ProblemException tooSlow() {
        return new ProblemException(
                ProblemType.REQUEST_TIMEOUT, "A body has to come within " + timeout.toMillis() + " milliseconds.");
    }

    private final class Bounded extends HttpServletRequestWrapper {

        private final ServletInputStream body;

        Bounded(HttpServletRequest request) throws IOException {
            super(request);
            // At once: the container would read a form's body itself as soon as somebody looks at the parameters.
            this.body = new BoundedStream(request.getInputStream());
        }

        @Override
        public ServletInputStream getInputStream() {
            return body;
        }
    }

    private final class BoundedStream extends ServletInputStream {

        private final ServletInputStream source;
        private long count;
        private long waitedNanos;

        BoundedStream(ServletInputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        /** Only the time of waiting counts, not what is done with the body in between. */
        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            long began = System.nanoTime();
            int read = source.read(buffer, offset, length);
            waitedNanos += System.nanoTime() - began;
            count += Math.max(read, 0);
            if (count > maxBytes) {
                throw tooLarge();
            }
            if (read >= 0 && waitedNanos > timeout.toNanos()) {
                throw tooSlow();
            }
            return read;
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }
    }
}
