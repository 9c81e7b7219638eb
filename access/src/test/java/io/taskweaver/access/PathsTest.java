package io.taskweaver.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PathsTest {
    @Test
    void viewers_read_operators_submit_and_what_is_neither_is_for_admins() {
        assertThat(Paths.roleFor("GET", "/api/plans")).isEqualTo(AccessRole.VIEWER);
        assertThat(Paths.roleFor("GET", "/q/metrics")).isEqualTo(AccessRole.VIEWER);
        assertThat(Paths.roleFor("POST", "/api/plans")).isEqualTo(AccessRole.OPERATOR);
        assertThat(Paths.roleFor("POST", "/api/plans/x/commands/pause")).isEqualTo(AccessRole.OPERATOR);
        for (var path : List.of("/q/logging-manager", "/", "/apix", "/q/dev-ui"))
            assertThat(Paths.roleFor("POST", path)).as(path).isEqualTo(AccessRole.ADMIN);
    }

    @Test
    void only_liveness_and_readiness_are_open() {
        assertThat(Paths.isProbe("GET", "/q/health/ready")).isTrue();
        assertThat(Paths.isProbe("POST", "/q/health/ready")).isFalse();
        for (var path : List.of("/q/health/", "/q/health/group/x", "/q/health-ui", "/q/metrics", "/q/health/live/x"))
            assertThat(Paths.isProbe("GET", path)).as(path).isFalse();
    }

    @Test
    void loopback_is_what_every_address_of_the_name_is() {
        for (var host : List.of("localhost", "127.0.0.1", "127.3.2.1", "::1"))
            assertThat(ListeningCheck.isLoopback(host)).as(host).isTrue();
        for (var host : List.of("0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid"))
            assertThat(ListeningCheck.isLoopback(host)).as(host).isFalse();
    }
}
