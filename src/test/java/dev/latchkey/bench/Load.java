package dev.latchkey.bench;

/**
 * What a run of requests came to.
 *
 * @param seconds how long it took
 * @param good answers of status 2xx
 * @param p50Millis the median of the latencies
 * @param p99Millis the latency that one in a hundred exceeds
 * @param failures other answers, and connections that broke
 * @param cpuMillis that the service computed meanwhile, on all processors together
 */
record Load(double seconds, long good, double p50Millis, double p99Millis, long failures, double cpuMillis) {
    double perSecond() {
        return good / seconds;
    }

    double cpuMillisEach() {
        return cpuMillis / good;
    }

    double tail() {
        return p99Millis / p50Millis;
    }

    Load withCpu(double millis) {
        return new Load(seconds, good, p50Millis, p99Millis, failures, millis);
    }
}
