package io.taskweaver.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DefaultSettingsTest {
    private static final String PREFIX = "${taskweaver.topic-prefix:}";
    private static final Properties DEFAULTS = new Properties();

    @BeforeAll
    static void read() throws IOException {
        try (var file = InterfaceService.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            DEFAULTS.load(file);
        }
    }

    @Test
    void it_reads_and_writes_what_it_has_the_right_to() {
        assertThat(Rights.INTERFACE.reads()).extracting(Topic::name).containsAll(topics("incoming"));
        assertThat(Rights.INTERFACE.writes())
                .extracting(Topic::name)
                .containsExactlyInAnyOrderElementsOf(topics("outgoing"));
        assertThat(DEFAULTS.getProperty("mp.messaging.incoming.interface-specifications.group.id"))
                .isEqualTo(PREFIX + Rights.INTERFACE.groups().getFirst());
    }

    private static List<String> topics(String direction) {
        return DEFAULTS.stringPropertyNames().stream()
                .filter(name -> name.startsWith("mp.messaging." + direction + ".") && name.endsWith(".topic"))
                .map(name -> DEFAULTS.getProperty(name).substring(PREFIX.length()))
                .toList();
    }

    @Test
    void every_topic_named_is_one_of_the_systems() {
        var topics = DEFAULTS.stringPropertyNames().stream()
                .filter(name -> name.endsWith(".topic"))
                .map(DEFAULTS::getProperty)
                .toList();
        assertThat(topics).hasSize(3).allMatch(topic -> topic.startsWith(PREFIX));
        assertThat(Topics.all())
                .extracting(Topic::name)
                .containsAll(topics.stream()
                        .map(topic -> topic.substring(PREFIX.length()))
                        .toList());
    }
}
