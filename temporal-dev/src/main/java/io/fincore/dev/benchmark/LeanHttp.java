package io.fincore.dev.benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection that posts JSON and reads answers with a Content-Length, nothing else: the client shares the cores
 * with what it measures, and the JDK's own takes a good part of them.
 */
final class LeanHttp implements AutoCloseable {

    /** Nothing may take that long; as a timeout of clients is wont to be. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final InetSocketAddress address;
    private final String head;
    private Socket socket;
    private InputStream in;
    private boolean isUsedUp;

    /** @param token sent with each request */
    LeanHttp(URI api, String path, String token) throws IOException {
        address = new InetSocketAddress(api.getHost(), api.getPort());
        socket = connect(address);
        in = new BufferedInputStream(socket.getInputStream());
        head = "POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
                .formatted(path, api.getAuthority(), token);
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        socket.connect(address, (int) TIMEOUT.toMillis());
        return socket;
    }

    /**
     * What came back.
     *
     * @param headers a line each
     */
    record Answer(int status, List<String> headers, String body) {

        Answer {
            headers = List.copyOf(headers);
        }

        boolean has(String header) {
            return headers.stream().anyMatch(line -> line.regionMatches(true, 0, header + ":", 0, header.length() + 1));
        }
    }

    /**
     * Sends a request and reads its answer to the end.
     *
     * @throws IOException unless it is answered 201
     */
    void post(String idempotencyKey, String body) throws IOException {
        Answer answer = exchange(idempotencyKey, body);
        if (answer.status() != 201) {
            throw new IOException(answer.status() + ": " + answer.body());
        }
    }

    /** Sends a request and reads its answer to the end, whatever it says. */
    Answer exchange(String idempotencyKey, String body) throws IOException {
        if (isUsedUp) {
            socket.close();
            socket = connect(address);
            in = new BufferedInputStream(socket.getInputStream());
            isUsedUp = false;
        }
        byte[] request = (head + "Idempotency-Key: " + idempotencyKey + "\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
        socket.getOutputStream().write(request);
        String status = line();
        List<String> headers = new ArrayList<>();
        int length = -1;
        for (String header = line(); !header.isEmpty(); header = line()) {
            headers.add(header);
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (header.equalsIgnoreCase("Connection: close")) {
                isUsedUp = true;
            } else if (header.toLowerCase(Locale.ROOT).startsWith("transfer-encoding:")) {
                throw new IOException("an answer without a length: " + header);
            }
        }
        byte[] answer = in.readNBytes(Math.max(0, length));
        if (answer.length != length) {
            throw new EOFException("an answer broke off after " + answer.length + " of " + length + " bytes");
        }
        return new Answer(
                Integer.parseInt(status.substring("HTTP/1.1 ".length(), "HTTP/1.1 201".length())),
                headers,
                new String(answer, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
