package dev.latchkey.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.exchange.HttpListener;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.Test;

class LoadShedderTest {
    @Test
    void whatIsShed_isToldWithItsReason_onceForEach() {
        List<String> told = new ArrayList<>();
        HttpListener listener = new HttpListener() {
            @Override
            public void shed(Shed reason) {
                told.add(reason.label());
            }
        };
        LoadShedder shedder = new LoadShedder(new ScheduledExecutorScheduler(), () -> false, listener);

        shedder.request(HttpListener.Shed.LARGE_BODIES);
        shedder.connection();

        assertThat(told).containsExactly("large_bodies", "connections");
    }
}
