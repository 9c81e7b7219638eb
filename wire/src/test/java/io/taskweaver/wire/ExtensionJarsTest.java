package io.taskweaver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.events.TaskFailed;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that no class path has, compiled and put into jars here. */
final class ExtensionJarsTest {
    private static final String SERIALIZER = """
            package foreign;
            public final class Framed implements org.apache.kafka.common.serialization.Serializer<Object> {
              private final Frame frame = new Frame();
              private boolean found;
              @Override public void configure(java.util.Map<String, ?> settings, boolean isKey) {
                // As Kafka's and Confluent's settings look classes up.
                try {
                  found = Class.forName("foreign.Frame", true, Thread.currentThread().getContextClassLoader()) == Frame.class;
                } catch (ClassNotFoundException e) {
                  found = false;
                }
              }
              @Override public byte[] serialize(String topic, Object event) {
                return (found + frame.of(event.getClass().getSimpleName())).getBytes(java.nio.charset.StandardCharsets.UTF_8);
              }
            }
            """;
    private static final String FRAME = """
            package foreign;
            final class Frame {
              String of(String text) { return "<" + text + ">"; }
            }
            """;
    private static final Map<String, String> NAMED = Map.of(EventSerdes.SERIALIZER, "foreign.Framed");

    @TempDir
    Path folder;

    @Test
    void a_class_of_a_jar_is_used_as_it_is_and_finds_what_it_names_itself() throws IOException {
        compile();
        jar("framed.jar", "Framed");
        jar("frame.jar", "Frame");

        assertThat(serialized()).isEqualTo("true<TaskFailed>");
        assertThat(Thread.currentThread().getContextClassLoader())
                .isSameAs(getClass().getClassLoader());
    }

    @Test
    void a_class_that_is_nowhere_is_said_with_the_folder_that_its_jar_belongs_in() {
        assertThatThrownBy(this::serialized)
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessage("The class foreign.Framed of the setting " + EventSerdes.SERIALIZER
                        + " is not on the class path or in a jar of " + jars() + ". Add its jar to " + jars()
                        + ", or remove the setting.");
    }

    @Test
    void a_class_whose_own_libraries_are_missing_is_said() throws IOException {
        compile();
        jar("framed.jar", "Framed");

        assertThatThrownBy(this::serialized)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("foreign/Frame")
                .hasMessageEndingWith("Add the jars that it needs to " + jars() + ", or remove the setting.");
    }

    @Test
    void a_class_that_is_no_serializer_is_said() {
        assertThatThrownBy(() -> EventSerdes.serializer(
                        Map.of(EventSerdes.SERIALIZER, "java.util.ArrayList"), ExtensionJars.in(jars())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.util.ArrayList")
                .hasMessageContaining("is not a org.apache.kafka.common.serialization.Serializer");
    }

    private String serialized() {
        var event = new TaskFailed();
        var bytes = EventSerdes.serializer(NAMED, ExtensionJars.in(jars())).serialize("task-failed", event);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Path jars() {
        return folder.resolve("lib/ext");
    }

    private void compile() throws IOException {
        Files.createDirectories(jars());
        var options = List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        var sources = List.of(source("Framed", SERIALIZER), source("Frame", FRAME));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .getTask(null, null, null, options, null, sources)
                        .call())
                .isTrue();
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///foreign/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public String getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private void jar(String file, String type) throws IOException {
        try (var jar = new JarOutputStream(Files.newOutputStream(jars().resolve(file)))) {
            jar.putNextEntry(new JarEntry("foreign/" + type + ".class"));
            Files.copy(folder.resolve("foreign/" + type + ".class"), jar);
            jar.closeEntry();
        }
    }
}
