package dev.latchkey.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The two texts that a scraper may have. */
enum TextFormat {
    /** Prometheus' own, 0.0.4; what a client that accepts anything gets. */
    PROMETHEUS,

    /** OpenMetrics 1.0. */
    OPENMETRICS;

    private static final String WEIGHT = "q=";

    private ExpositionFormatWriter writer() {
        return this == OPENMETRICS ? OpenMetricsTextFormatWriter.create() : PrometheusTextFormatWriter.create();
    }

    String contentType() {
        return writer().getContentType();
    }

    private String mediaType() {
        return contentType().substring(0, contentType().indexOf(';'));
    }

    byte[] write(MetricSnapshots snapshots) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(32 * 1024);
        try {
            writer().write(out, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    /** What a client gets that sent these values of {@code Accept}: OpenMetrics if it prefers it or names it alone. */
    static TextFormat preferred(List<String> accept) {
        double openMetrics = weight(OPENMETRICS, accept);
        return openMetrics > 0 && openMetrics >= weight(PROMETHEUS, accept) ? OPENMETRICS : PROMETHEUS;
    }

    /** The greatest weight that the type is named with (RFC 9110 §12.5.1); 0 = it is not named. */
    private static double weight(TextFormat format, List<String> accept) {
        return accept.stream()
                .flatMap(value -> Arrays.stream(value.toLowerCase(Locale.ROOT).split(",", -1)))
                .map(range -> range.split(";", -1))
                .filter(parts -> parts[0].strip().equals(format.mediaType()))
                .mapToDouble(TextFormat::weight)
                .max()
                .orElse(0);
    }

    /** Other parameters than the weight do not matter: each type has one version here. */
    private static double weight(String... parts) {
        for (String part : parts) {
            String parameter = part.strip();
            if (parameter.startsWith(WEIGHT)) {
                try {
                    return Double.parseDouble(parameter.substring(WEIGHT.length()));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
