package io.taskweaver.access;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** An API with what may go wrong in one. */
@Path("/api/test")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ApiForTest {
    static volatile CountDownLatch open = new CountDownLatch(0);

    /** A body. */
    public record Order(
            @Nullable String name,
            @Nullable Integer count,
            @Nullable List<String> words,
            @Nullable Map<String, Order> parts,
            @Nullable Size size) {
        public enum Size {
            SMALL,
            LARGE
        }
    }

    @POST
    public Map<String, Object> count(@Nullable Order order) {
        return Map.of("name", order == null || order.name() == null ? "" : order.name());
    }

    @GET
    @Path("large")
    public List<String> large() {
        return List.of("x".repeat(4_000_000));
    }

    @GET
    @Path("blocked")
    public Map<String, Object> blocked() throws InterruptedException {
        open.await();
        return Map.of();
    }

    @GET
    @Path("broken")
    public String broken(@QueryParam("message") @Nullable String message) {
        throw new IllegalStateException("java.lang.Secret " + message);
    }

    @GET
    @Path("error")
    public String error() {
        throw new NoClassDefFoundError("com/sun/source/tree/Tree");
    }
}
