package io.taskweaver.client;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decodes what people save as text: UTF-8, UTF-16 and UTF-32 by their byte order mark, UTF-16 without one by where its
 * zeros are, and GB18030 where the characters that come out are those that Chinese text mostly consists of.
 */
final class TextDecoding {
    private static final Charset GB18030 = Charset.forName("GB18030");

    /** Characters that make up a third of Chinese prose, and those of requirements. */
    private static final String FREQUENT = """
        的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里
        用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实
        日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政
        需求系统户功必须应该支持提供显示登录信息数据管理按照可以通知订单查询列表设置接口测试请输入输出
        """;

    private static final double MOST_BY_CHANCE = 0.12;
    private static final double MOSTLY = 0.9;
    /** Times that the zeros of UTF-16 are rather on one side of the characters than on the other. */
    private static final int ONE_SIDED = 3;

    private static final int LEAST_CHARACTERS = 2;
    private static final int HIGH = 0x80;

    private TextDecoding() {}

    /**
     * A text.
     *
     * @param guessed the encoding, if nothing but the content spoke for it
     */
    record Decoded(String text, Optional<Charset> guessed) {}

    /** The text of some bytes; empty if they are none, or in an encoding that cannot be known. */
    static Optional<Decoded> decode(byte[] bytes) {
        var marked = marked(bytes);
        if (marked.isPresent())
            return text(bytes, marked.get()).map(text -> new Decoded(withoutMark(text), Optional.empty()));
        var wide = unmarked(bytes);
        if (wide.isPresent())
            return text(bytes, wide.get()).filter(TextDecoding::isReadable).map(text -> new Decoded(text, wide));
        var plain = text(bytes, StandardCharsets.UTF_8);
        if (plain.isPresent()) return plain.map(text -> new Decoded(withoutMark(text), Optional.empty()));
        return text(bytes, GB18030)
                .filter(text -> isChinese(bytes, text))
                .map(text -> new Decoded(text, Optional.of(GB18030)));
    }

    private static Optional<Charset> marked(byte[] bytes) {
        int first = at(bytes, 0) << 8 | at(bytes, 1);
        int second = at(bytes, 2) << 8 | at(bytes, 3);
        boolean four = bytes.length >= 4;
        if (four && first == 0xFFFE && second == 0) return Optional.of(Charset.forName("UTF-32LE"));
        if (four && first == 0 && second == 0xFEFF) return Optional.of(Charset.forName("UTF-32BE"));
        if (first == 0xFFFE) return Optional.of(StandardCharsets.UTF_16LE);
        return first == 0xFEFF ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
    }

    /** UTF-16 of which the byte order mark is missing: line ends, blanks and Latin letters have a zero on one side. */
    private static Optional<Charset> unmarked(byte[] bytes) {
        if (bytes.length % 2 != 0) return Optional.empty();
        var zeros = new int[2];
        for (int i = 0; i < bytes.length; i++) if (bytes[i] == 0) zeros[i % 2]++;
        if (zeros[0] + zeros[1] < LEAST_CHARACTERS) return Optional.empty();
        if (zeros[0] >= zeros[1] * ONE_SIDED) return Optional.of(StandardCharsets.UTF_16BE);
        return zeros[1] >= zeros[0] * ONE_SIDED ? Optional.of(StandardCharsets.UTF_16LE) : Optional.empty();
    }

    /** Whether text without a byte order mark came out: no control characters, nothing that is not assigned. */
    private static boolean isReadable(String text) {
        return text.codePoints()
                .allMatch(c -> c == '\n'
                        || c == '\r'
                        || c == '\t'
                        || c == '\f'
                        || (Character.isDefined(c) && !Character.isISOControl(c)));
    }

    /** Whether bytes come in pairs of which both are high, and make Chinese rather than what only looks like it. */
    private static boolean isChinese(byte[] bytes, String text) {
        int han = 0;
        int frequent = 0;
        for (int i = 0; i < text.length(); i++) {
            if (Character.UnicodeScript.of(text.charAt(i)) != Character.UnicodeScript.HAN) continue;
            han++;
            if (FREQUENT.indexOf(text.charAt(i)) >= 0) frequent++;
        }
        int high = 0;
        int paired = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (at(bytes, i) < HIGH) continue;
            high++;
            if (at(bytes, i + 1) >= HIGH) {
                high++;
                paired += 2;
                i++;
            }
        }
        return han >= LEAST_CHARACTERS && frequent > han * MOST_BY_CHANCE && paired >= high * MOSTLY;
    }

    private static Optional<String> text(byte[] bytes, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static int at(byte[] bytes, int index) {
        return index < bytes.length ? bytes[index] & 0xFF : 0;
    }
}
