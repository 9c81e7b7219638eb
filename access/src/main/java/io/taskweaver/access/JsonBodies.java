package io.taskweaver.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jspecify.annotations.Nullable;

/** JSON of requests and answers. */
final class JsonBodies {
    private JsonBodies() {}

    /** Reads request bodies; see {@link StrictJson}. A missing body is null. */
    @Provider
    @Singleton
    @Consumes({MediaType.APPLICATION_JSON, "application/*+json"})
    public static class Reader implements ServerMessageBodyReader<Object> {
        private final StrictJson json;

        @Inject
        Reader(VertxHttpConfig http) {
            this.json = new StrictJson(
                    (int) http.limits().maxBodySize().orElseThrow().asLongValue());
        }

        @Override
        public boolean isReadable(
                Class<?> type, @Nullable Type generic, ResteasyReactiveResourceInfo method, MediaType media) {
            return true;
        }

        @Override
        public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
            return true;
        }

        @Override
        public @Nullable Object readFrom(
                Class<Object> type, @Nullable Type generic, MediaType media, ServerRequestContext context)
                throws IOException {
            return read(type, generic, context.getInputStream());
        }

        @Override
        public @Nullable Object readFrom(
                Class<Object> type,
                Type generic,
                Annotation[] annotations,
                MediaType media,
                MultivaluedMap<String, String> headers,
                InputStream body)
                throws IOException {
            return read(type, generic, body);
        }

        private @Nullable Object read(Class<?> type, @Nullable Type generic, InputStream body) throws IOException {
            var bytes = body.readAllBytes();
            return bytes.length == 0 ? null : json.read(bytes, generic == null ? type : generic);
        }
    }

    /** Buffers an answer completely: a thread that wrote it in pieces would wait for the client. */
    @Provider
    @Singleton
    @Produces({MediaType.APPLICATION_JSON, "application/*+json"})
    public static class Writer implements ServerMessageBodyWriter<Object> {
        private final ObjectMapper mapper;

        @Inject
        Writer(ObjectMapper mapper) {
            this.mapper = mapper;
        }

        @Override
        public boolean isWriteable(
                Class<?> type, @Nullable Type generic, ResteasyReactiveResourceInfo method, MediaType media) {
            return isWriteable(type);
        }

        @Override
        public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
            return isWriteable(type);
        }

        private static boolean isWriteable(Class<?> type) {
            return type != byte[].class && type != String.class;
        }

        @Override
        public void writeResponse(Object answer, Type generic, ServerRequestContext context) throws IOException {
            context.serverResponse().end(mapper.writeValueAsBytes(answer));
        }

        @Override
        public void writeTo(
                Object answer,
                Class<?> type,
                Type generic,
                Annotation[] annotations,
                MediaType media,
                MultivaluedMap<String, Object> headers,
                OutputStream out)
                throws IOException {
            out.write(mapper.writeValueAsBytes(answer));
        }
    }
}
