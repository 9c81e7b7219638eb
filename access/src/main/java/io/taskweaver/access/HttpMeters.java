package io.taskweaver.access;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** Keeps arbitrary input of clients out of metric labels: each value would be kept permanently. */
@Singleton
class HttpMeters {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    @Produces
    @Singleton
    MeterFilter knownMethods() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if (!id.getName().startsWith("http.server.")) return id;
                var method = id.getTag("method");
                return method == null || METHODS.contains(method)
                        ? id
                        : id.replaceTags(Tags.of(id.getTags()).and("method", "OTHER"));
            }
        };
    }
}
