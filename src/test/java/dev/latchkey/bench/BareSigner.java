package dev.latchkey.bench;

import dev.latchkey.crypto.CorrettoProvider;
import dev.latchkey.crypto.ProviderKeyPairs;
import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.SigningAlgorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A server that does nothing but read, sign as much as a token has, and write as much as its answer has: what the client
 * and the network leave of what openssl can sign, whatever the server is made of. It parses nothing, checks nobody, keeps
 * no store and answers everything alike. {@code BareSigner PORT}.
 */
final class BareSigner {
    private static final int RSA_BITS = 2048;
    private static final int SIGNED_BYTES = 520;
    private static final int ANSWER_BYTES = 1_030;
    private static final int LARGEST_REQUEST = 16 * 1024;

    private final KeySigner signer;
    private final Selector selector = Selector.open();
    private final Queue<SocketChannel> opened = new ConcurrentLinkedQueue<>();

    private BareSigner(KeySigner signer) throws IOException {
        this.signer = signer;
    }

    public static void main(String[] args) throws IOException {
        ProviderKeyPairs pairs = new ProviderKeyPairs(CorrettoProvider.load());
        KeySigner signer = pairs.signer(pairs.generate(SigningAlgorithm.RS256, RSA_BITS));
        BareSigner[] threads = new BareSigner[Runtime.getRuntime().availableProcessors()];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new BareSigner(signer);
            new Thread(threads[i]::answerAll).start();
        }
        int port = Integer.parseInt(args[0]);
        try (ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            for (int i = 0; ; i++) {
                threads[i % threads.length].take(listener.accept());
            }
        }
    }

    private void take(SocketChannel connection) throws IOException {
        connection.configureBlocking(false);
        connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.add(connection);
        selector.wakeup();
    }

    private void answerAll() {
        ByteBuffer request = ByteBuffer.allocateDirect(LARGEST_REQUEST);
        ByteBuffer answer = ByteBuffer.allocateDirect(2 * ANSWER_BYTES);
        byte[] signed = new byte[SIGNED_BYTES];
        while (true) {
            try {
                selector.select();
                for (SocketChannel next = opened.poll(); next != null; next = opened.poll()) {
                    next.register(selector, SelectionKey.OP_READ);
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    answer((SocketChannel) key.channel(), request, signed, answer);
                }
                selector.selectedKeys().clear();
            } catch (IOException e) {
                throw new IllegalStateException("the selector failed", e);
            }
        }
    }

    private void answer(SocketChannel connection, ByteBuffer request, byte[] signed, ByteBuffer answer)
            throws IOException {
        try {
            if (connection.read(request.clear()) < 0) {
                connection.close();
                return;
            }
            signed[0]++;
            connection.write(write(signer.sign(signed), answer.clear()));
        } catch (IOException e) {
            // The client has gone.
            connection.close();
        }
    }

    private static ByteBuffer write(byte[] signature, ByteBuffer answer) {
        byte[] rest = new byte[ANSWER_BYTES - signature.length];
        Arrays.fill(rest, (byte) 'x');
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + ANSWER_BYTES + "\r\n\r\n";
        return answer.put(head.getBytes(StandardCharsets.US_ASCII))
                .put(signature)
                .put(rest)
                .flip();
    }
}
