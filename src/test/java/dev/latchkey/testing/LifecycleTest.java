package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Latchkey;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/** When a server starts, stops and is reset: seen on classes that are run within each test. */
@Isolated("its samples write down what they see in one place")
@Execution(ExecutionMode.SAME_THREAD)
class LifecycleTest {
    private static final Set<URI> SEEN = Collections.synchronizedSet(new LinkedHashSet<>());
    private static final CountDownLatch BOTH = new CountDownLatch(2);
    private static volatile int takenPort;

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void staticField_isOneServerAClass() {
        assertThat(SampleRun.of(StaticField.class)).isEqualTo(new SampleRun(2, List.of()));

        assertThat(SEEN).hasSize(1).allSatisfy(LifecycleTest::isStopped);
    }

    @Test
    void nestedClasses_shareTheServerOfTheOuterOne() {
        assertThat(SampleRun.of(Outer.class)).isEqualTo(new SampleRun(3, List.of()));

        assertThat(SEEN).hasSize(1).allSatisfy(LifecycleTest::isStopped);
    }

    @Test
    void instanceField_isOneServerATest() {
        assertThat(SampleRun.of(InstanceField.class)).isEqualTo(new SampleRun(2, List.of()));

        assertThat(SEEN).hasSize(2).allSatisfy(LifecycleTest::isStopped);
    }

    @Test
    void instanceFieldOfOneInstance_isOneServerAClass() {
        assertThat(SampleRun.of(OneInstance.class)).isEqualTo(new SampleRun(2, List.of()));

        assertThat(SEEN).hasSize(1).allSatisfy(LifecycleTest::isStopped);
    }

    @Test
    void shared_isOneServerARun() {
        assertThat(SampleRun.of(SharedOne.class, SharedOther.class)).isEqualTo(new SampleRun(2, List.of()));

        assertThat(SEEN).hasSize(1).allSatisfy(LifecycleTest::isStopped);
    }

    @Test
    void everyTest_beginsAsTheServerDid() {
        assertThat(SampleRun.of(Changing.class)).isEqualTo(new SampleRun(2, List.of()));
    }

    @Test
    void sharedServer_isNotReset() {
        assertThat(SampleRun.of(ChangingShared.class)).isEqualTo(new SampleRun(2, List.of()));
    }

    @Test
    void concurrentTests_areNotReset() {
        assertThat(SampleRun.of(ChangingConcurrent.class)).isEqualTo(new SampleRun(2, List.of()));
    }

    @Test
    void parallelClassesAndMethods_haveTheirOwnServers() {
        SampleRun run = SampleRun.parallel(StaticField.class, InstanceField.class, Outer.class, Injected.class);

        assertThat(run).isEqualTo(new SampleRun(9, List.of()));
        assertThat(SEEN).hasSize(5).allSatisfy(LifecycleTest::isStopped);
    }

    /** The second one begins while the first one runs: it neither starts another server nor resets the one that runs. */
    @Test
    void classesAtTheSameTime_shareTheServerOfTheirBase() {
        assertThat(SampleRun.parallel(OneOfBase.class, OtherOfBase.class)).isEqualTo(new SampleRun(2, List.of()));

        assertThat(SEEN).hasSize(1).allSatisfy(LifecycleTest::isStopped);
    }

    @Test
    void classesOneAfterTheOther_haveAServerEach() {
        assertThat(SampleRun.of(StaticField.class, StaticField.class, Injected.class)
                        .failures())
                .isEmpty();

        assertThat(SEEN).hasSize(2).allSatisfy(LifecycleTest::isStopped);
    }

    @Test
    void parameters_areTheSameServer() {
        assertThat(SampleRun.of(Injected.class)).isEqualTo(new SampleRun(2, List.of()));
    }

    @Test
    void portThatIsTaken_failsTheClassAndSaysSo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            takenPort = taken.getLocalPort();

            SampleRun run = SampleRun.of(OnATakenPort.class);

            assertThat(run.failures())
                    .singleElement()
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains(String.valueOf(takenPort));
        }
    }

    static class StaticField {
        @RegisterExtension
        static final LatchkeyExtension latchkey =
                LatchkeyExtension.builder().key("orders", "fx").build();

        @Test
        void one() {
            SEEN.add(latchkey.url());
            assertThat(latchkey.token()).isNotEmpty();
        }

        @Test
        void two() {
            SEEN.add(latchkey.url());
        }
    }

    static class InstanceField {
        @RegisterExtension
        final LatchkeyExtension latchkey = LatchkeyExtension.builder().build();

        @Test
        void one() {
            SEEN.add(latchkey.url());
        }

        @Test
        void two() {
            SEEN.add(latchkey.url());
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        @RegisterExtension
        final LatchkeyExtension latchkey = LatchkeyExtension.builder().build();

        @Test
        void one() {
            SEEN.add(latchkey.url());
        }

        @Test
        void two() {
            SEEN.add(latchkey.url());
        }
    }

    static class Outer {
        @RegisterExtension
        static final LatchkeyExtension latchkey =
                LatchkeyExtension.builder().key("orders", "fx").build();

        @Test
        void outer() {
            SEEN.add(latchkey.url());
        }

        @Nested
        class Inner {
            @Test
            void inner() {
                SEEN.add(latchkey.url());
            }

            @Nested
            class Innermost {
                @Test
                void innermost() {
                    SEEN.add(latchkey.url());
                }
            }
        }
    }

    static class SharedOne {
        @RegisterExtension
        static final LatchkeyExtension latchkey = LatchkeyExtension.shared();

        @Test
        void one() {
            SEEN.add(latchkey.url());
        }
    }

    static class SharedOther {
        @RegisterExtension
        final LatchkeyExtension latchkey = LatchkeyExtension.shared();

        @Test
        void other() {
            SEEN.add(latchkey.url());
        }
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Changing {
        @RegisterExtension
        static final LatchkeyExtension latchkey =
                LatchkeyExtension.builder().key("orders", "fx").build();

        @Test
        @Order(1)
        void changes() {
            latchkey.clock().advance(Duration.ofDays(1));
            latchkey.faults().next(Fault.status(503).always());
            latchkey.keys().delete("orders");
            latchkey.keys().create("billing", "vault");
        }

        @Test
        @Order(2)
        void findsNothing() {
            assertThat(latchkey.clock().now()).isBefore(Instant.now().plus(Duration.ofHours(1)));
            assertThat(latchkey.keys().list()).extracting(Latchkey.Key::id).containsExactlyInAnyOrder("orders", "dev");
            assertThat(latchkey.requests().count()).isZero();
            assertThat(latchkey.scopes().list())
                    .extracting(Latchkey.Scope::name)
                    .containsExactly("fx");
        }
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class ChangingShared {
        @RegisterExtension
        static final LatchkeyExtension latchkey = LatchkeyExtension.shared();

        @Test
        @Order(1)
        void changes() {
            latchkey.clock().advance(Duration.ofDays(1));
        }

        @Test
        @Order(2)
        void findsIt() {
            assertThat(latchkey.clock().now()).isAfter(Instant.now().plus(Duration.ofHours(1)));
        }
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    @Execution(ExecutionMode.CONCURRENT)
    static class ChangingConcurrent {
        @RegisterExtension
        static final LatchkeyExtension latchkey = LatchkeyExtension.builder().build();

        @Test
        @Order(1)
        void changes() {
            latchkey.clock().advance(Duration.ofDays(1));
        }

        @Test
        @Order(2)
        void findsIt() {
            assertThat(latchkey.clock().now()).isAfter(Instant.now().plus(Duration.ofHours(1)));
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    abstract static class Base {
        @RegisterExtension
        static final LatchkeyExtension latchkey = LatchkeyExtension.builder().build();

        /** Each waits for the other one: both run at the same time. */
        @Test
        @Execution(ExecutionMode.SAME_THREAD)
        void test() throws InterruptedException {
            SEEN.add(latchkey.url());
            latchkey.keys().create(getClass().getSimpleName(), "fx");
            BOTH.countDown();
            assertThat(BOTH.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(latchkey.keys().list())
                    .extracting(Latchkey.Key::name)
                    .contains(getClass().getSimpleName());
        }
    }

    static class OneOfBase extends Base {}

    static class OtherOfBase extends Base {}

    @ExtendWith(LatchkeyExtension.class)
    static class Injected {
        private final List<URI> urls = new ArrayList<>();

        Injected(LatchkeyExtension latchkey) {
            urls.add(latchkey.url());
            SEEN.add(latchkey.url());
        }

        @Test
        void server(Latchkey latchkey) {
            assertThat(urls).containsExactly(latchkey.url());
            assertThat(latchkey.tokenFor("dev", "anything")).isNotEmpty();
        }

        @Test
        void extension(LatchkeyExtension latchkey) {
            assertThat(urls).containsExactly(latchkey.url());
            assertThat(latchkey.clientSecret()).isEqualTo("dev-secret");
        }
    }

    static class OnATakenPort {
        @RegisterExtension
        static final LatchkeyExtension latchkey =
                LatchkeyExtension.builder().port(takenPort).build();

        @Test
        void test() {
            throw new AssertionError("there is no server");
        }
    }

    private static void isStopped(URI url) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            throw new AssertionError("listens still: " + socket);
        } catch (ConnectException e) {
            assertThat(e).isNotNull();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
