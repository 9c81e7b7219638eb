package io.taskweaver.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Files that people name in place of a text, told by how they begin, and how a text is made of them. */
enum OfficeFile {
    WORD_OR_OTHER("a Word, OpenDocument or other zipped file", "PK\u0003\u0004", "pandoc -t gfm -o FILE.md %s"),
    OLD_WORD(
            "a file of an old version of Word",
            "\u00d0\u00cf\u0011\u00e0",
            "libreoffice --convert-to docx %s, then pandoc -t gfm -o FILE.md FILE.docx"),
    PDF("a PDF", "%PDF-", "pdftotext -layout %s FILE.txt"),
    RTF("a file in Rich Text Format", "{\\rtf", "pandoc -f rtf -t gfm -o FILE.md %s");

    private final String shown;
    private final byte[] begin;
    private final String conversion;

    OfficeFile(String shown, String begin, String conversion) {
        this.shown = shown;
        this.begin = begin.getBytes(StandardCharsets.ISO_8859_1);
        this.conversion = conversion;
    }

    static Optional<OfficeFile> of(byte[] bytes) {
        return Arrays.stream(values())
                .filter(file -> bytes.length >= file.begin.length
                        && Arrays.equals(file.begin, Arrays.copyOf(bytes, file.begin.length)))
                .findFirst();
    }

    String shown() {
        return shown;
    }

    /** How a text that can be planned is made of a file. */
    String conversion(String path) {
        return "Convert it, and plan the result: " + conversion.formatted(path) + ".";
    }
}
