package io.taskweaver.agents.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class FolderNameTest {
    @Example
    void an_attempt_is_known_by_its_folder() {
        assertThat(FolderName.of("shop/FR-001/2")).isEqualTo("shop.FR-001.2");
        assertThat(FolderName.of("shop~FR-001~2")).isEqualTo("shop.FR-001.2");
    }

    @Example
    void ids_that_could_be_taken_for_each_other_or_for_another_folder_have_names_of_their_own() {
        var ids = List.of("a.b/c/1", "a/b.c/1", "a/b/c.1", "a_2eb/c/1", "", "/", "//", "..", ".", "a b", "a%20b", "ä");
        var names = new HashMap<String, String>();
        for (var id : ids) assertThat(names.put(FolderName.of(id), id)).as(id).isNull();
        assertThat(names.keySet()).doesNotContain(".", "..", "").noneMatch(name -> name.startsWith("."));
    }

    @Property
    void every_name_is_one_that_tools_take(@ForAll String id) {
        assertThat(FolderName.of(id)).matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");
    }

    @Property
    void different_ids_have_different_names(@ForAll @Size(2) List<String> ids) {
        var same = ids.getFirst().replace('~', '/').equals(ids.getLast().replace('~', '/'));
        if (isText(ids.getFirst()) && isText(ids.getLast()))
            assertThat(FolderName.of(ids.getFirst()).equals(FolderName.of(ids.getLast())))
                    .isEqualTo(same);
    }

    /** A lone surrogate has no bytes of its own. */
    private static boolean isText(String id) {
        return id.chars().noneMatch(c -> Character.isSurrogate((char) c));
    }
}
