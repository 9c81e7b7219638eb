package io.taskweaver.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.client.DocumentReader.Read;
import io.taskweaver.client.DocumentReader.Refused;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {
    @TempDir
    Path folder;

    private DocumentReader.Reading read(byte[] bytes) throws IOException {
        return DocumentReader.read(Files.write(folder.resolve("r.md"), bytes));
    }

    private static void refused(DocumentReader.Reading reading, String problem) {
        assertThat(reading)
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .satisfies(refused -> {
                    assertThat(refused.problem()).contains(problem);
                    assertThat(refused.hint()).isNotBlank();
                });
    }

    @Test
    void a_text_is_read_without_its_byte_order_mark() throws IOException {
        assertThat(read("\uFEFF# Größe\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        Read.class,
                        read -> assertThat(read.document().content()).isEqualTo("# Größe\n"));
    }

    @Test
    void what_is_no_text_is_refused_with_a_way_out() throws IOException {
        refused(DocumentReader.read(folder.resolve("none.md")), "no file");
        refused(DocumentReader.read(folder), "directory");
        refused(read(new byte[] {1, 0, 2}), "binary");
        refused(read("# Größe\n".getBytes(StandardCharsets.ISO_8859_1)), "not UTF-8");
    }

    @Test
    void a_text_over_the_limit_is_refused_with_the_limit_named() throws IOException {
        refused(read("x".repeat(6 * 1024 * 1024).getBytes(StandardCharsets.US_ASCII)), "may have 5 MiB");
    }

    private void isRead(byte[] bytes, String text, boolean guessed) throws IOException {
        assertThat(read(bytes)).isInstanceOfSatisfying(Read.class, read -> {
            assertThat(read.document().content()).isEqualTo(text);
            assertThat(read.note().isPresent()).isEqualTo(guessed);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# Parcel Desk\n\n- The system shall send a code\n",
                "# 快递柜\n\n## 需求\n\n- 系统应向收件人发送取件码。\n- 用户必须能够查询包裹状态。\n",
                "# Größe\r\n\r\n- Die Maße müssen geprüft werden\r\n",
                "# Требования\n\n- Система должна отправлять код\n"
            })
    void utf_16_is_read_with_and_without_its_byte_order_mark(String text) throws IOException {
        isRead(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE), text, false);
        isRead(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE), text, false);
        isRead(text.getBytes(StandardCharsets.UTF_16LE), text, true);
        isRead(text.getBytes(StandardCharsets.UTF_16BE), text, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# 需求\n\n- 系统应向收件人发送取件码。\n- 用户必须能够查询包裹状态。\n",
                "- 发送验证码\n- 取件\n",
                "# 会议室预订\n\n| 编号 | 需求 |\n| --- | --- |\n| MR-01 | 员工可以预订会议室 |\n| MR-02 | 支持取消预订 |\n"
            })
    void gb18030_is_read_and_the_guess_is_stated(String text) throws IOException {
        isRead(text.getBytes(Charset.forName("GB18030")), text, true);
    }

    @ParameterizedTest
    @CsvSource({
        "ISO-8859-1, 'Die Maße müssen geprüft werden, schöne Grüße für Übermut'",
        "EUC-KR, '- 시스템은 코드를 보내야 한다 - 사용자는 로그인할 수 있다'",
        "Shift_JIS, '- システムはコードを送信しなければならない - 利用者は荷物の状態を確認できる'",
        "EUC-JP, '- システムはコードを送信しなければならない - 利用者は荷物の状態を確認できる'",
        "Big5, '# 需求 - 系統應該發送取件碼 - 使用者可以查詢包裹'",
        "KOI8-R, 'Система должна отправлять код'"
    })
    void other_encodings_are_not_taken_for_chinese(String charset, String text) throws IOException {
        refused(read(text.getBytes(Charset.forName(charset))), "not UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"'PK\u0003\u0004word', pandoc", "%PDF-1.7, pdftotext", "'{\\rtf1 x', pandoc", "'ÐÏ\u0011à', docx"})
    void files_of_offices_are_refused_with_the_command_that_converts_them(String begin, String command)
            throws IOException {
        assertThat(read(begin.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.hint()).contains(command));
    }
}
