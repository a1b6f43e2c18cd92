package dev.latchkey.harness;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection that asks for one token after the other, at little cost for the client. Not thread-safe. */
public final class TokenConnection implements AutoCloseable {
    private static final String FORM = "grant_type=client_credentials";

    private final Socket socket;
    private final InputStream in;
    private final String head;

    /** What came back. */
    public record Answer(int status, String body) {}

    private TokenConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.head = "POST /connect/token HTTP/1.1\r\nHost: localhost:" + socket.getPort()
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + FORM.length()
                + "\r\nAuthorization: ";
    }

    public static TokenConnection open(TestService service) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setTcpNoDelay(true);
        return new TokenConnection(socket);
    }

    /** Asks with this Authorization header, and reads the whole answer. */
    public Answer ask(String authorization) throws IOException {
        socket.getOutputStream()
                .write((head + authorization + "\r\n\r\n" + FORM).getBytes(StandardCharsets.ISO_8859_1));
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        for (String field = line(); !field.isEmpty(); field = line()) {
            if (field.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(field.substring(15).strip());
            }
        }
        return new Answer(status, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the service closed the connection");
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
