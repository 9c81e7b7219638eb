package io.taskweaver.bench;

import io.taskweaver.client.CodeFolder;
import io.taskweaver.client.codemap.CodeMapper;
import io.taskweaver.requirements.code.Modules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What mapping a code base costs: a generated one of N small files in seven languages, 100 to a folder. Prints one JSON
 * object: {@code {bench, files, declarations, modules, walk_s, map_s, modules_s, files_per_s, heap_mb, rss_mb}}; {@code
 * heap_mb} is what is in use afterwards, the map included, {@code rss_mb} the most that the process took.
 *
 * <p>Usage: {@code CodeMapping [N]}.
 */
public final class CodeMapping {
    private static final int FILES_A_FOLDER = 100;
    private static final int MIB = 1024 * 1024;

    private CodeMapping() {}

    /** Entry point. */
    public static void main(String[] arguments) throws IOException {
        int files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        var folder = Files.createTempDirectory("taskweaver-codemap-");
        try {
            for (int i = 0; i < files; i++) write(folder, i);
            measure(folder);
        } finally {
            BenchFigures.delete(folder);
        }
    }

    private static void measure(Path folder) throws IOException {
        long start = System.nanoTime();
        var listed = CodeFolder.read(folder);
        long walked = System.nanoTime();
        var map = CodeMapper.map(listed);
        long mapped = System.nanoTime();
        var modules = Modules.of(map);
        long divided = System.nanoTime();
        int declarations = map.files().stream()
                .mapToInt(file -> file.declarations().size())
                .sum();
        long heap = BenchFigures.heap();
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"codemap\",\"files\":%d,\"declarations\":%d,\"modules\":%d,\"walk_s\":%.2f,\"map_s\":%.2f,"
                        + "\"modules_s\":%.2f,\"files_per_s\":%.0f,\"heap_mb\":%d,\"rss_mb\":%d}%n",
                map.files().size(),
                declarations,
                modules.size(),
                seconds(start, walked),
                seconds(walked, mapped),
                seconds(mapped, divided),
                map.files().size() / seconds(walked, mapped),
                heap / MIB,
                BenchFigures.kilobytes(ProcessHandle.current().pid(), "VmHWM") / 1024);
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    private static void write(Path root, int number) throws IOException {
        var folder = Files.createDirectories(root.resolve("part" + number / FILES_A_FOLDER));
        var name = "Thing" + number;
        var other = "Thing" + (number + 1);
        switch (number % 7) {
            case 0 -> put(folder, name + ".java", """
                package part;
                import part.%2$s;
                public final class %1$s { public static final int LIMIT = %3$d; public int sum(%2$s other) { return LIMIT; } }
                """, name, other, number);
            case 1 -> put(folder, name + ".kt", """
                package part
                class %1$s { fun sum(other: %2$s): Int { return %3$d } }
                """, name, other, number);
            case 2 -> put(folder, name + ".ts", """
                import { %2$s } from './%2$s';
                export class %1$s { sum(other: %2$s): number { return %3$d; } }
                """, name, other, number);
            case 3 -> put(folder, name + ".js", """
                import { %2$s } from './%2$s.js';
                export function make%1$s() { return new %2$s(%3$d); }
                """, name, other, number);
            case 4 ->
                put(folder, name.toLowerCase(Locale.ROOT) + ".py", """
                    from .%2$s import other
                    class %1$s:
                        def sum(self, other): return %3$d
                    """, name, other.toLowerCase(Locale.ROOT), number);
            case 5 -> put(folder, name.toLowerCase(Locale.ROOT) + ".go", """
                package part
                type %1$s struct{}
                func (t *%1$s) Sum(other %2$s) int { return %3$d }
                """, name, other, number);
            default -> put(folder, name.toLowerCase(Locale.ROOT) + ".rs", """
                use crate::part::%2$s;
                pub struct %1$s;
                impl %1$s { pub fn sum(&self, other: &%2$s) -> u32 { %3$d } }
                """, name, other, number);
        }
    }

    private static void put(Path folder, String file, String text, String name, String other, int number)
            throws IOException {
        Files.writeString(folder.resolve(file), text.formatted(name, other, number));
    }
}
