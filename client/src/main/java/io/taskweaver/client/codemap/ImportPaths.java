package io.taskweaver.client.codemap;

import java.util.ArrayList;
import java.util.List;

/** Takes apart what one statement imports: {@code crate::a::{B, c::D as E}} is {@code crate::a::B} and {@code crate::a::c::D}. */
final class ImportPaths {
    private ImportPaths() {}

    static List<String> of(String text) {
        var plain = text.strip().replaceAll("\\s+", " ");
        if (plain.indexOf('{') < 0) return List.of(withoutAlias(plain));
        var names = new ArrayList<String>();
        expand("", plain, names);
        return names;
    }

    private static void expand(String prefix, String text, List<String> names) {
        int depth = 0;
        int begin = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length() || (text.charAt(i) == ',' && depth == 0);
            if (!end) {
                if (text.charAt(i) == '{') depth++;
                if (text.charAt(i) == '}') depth--;
                continue;
            }
            one(prefix, text.substring(begin, i).strip(), names);
            begin = i + 1;
        }
    }

    private static void one(String prefix, String part, List<String> names) {
        int brace = part.indexOf('{');
        int close = part.lastIndexOf('}');
        if (brace >= 0 && close > brace)
            expand(prefix + part.substring(0, brace).strip(), part.substring(brace + 1, close), names);
        else if (!part.isEmpty()) names.add(prefix + withoutAlias(part));
    }

    private static String withoutAlias(String name) {
        int alias = name.indexOf(" as ");
        return alias < 0 ? name : name.substring(0, alias).strip();
    }
}
