package io.taskweaver.client.codemap;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.client.CodeFolder;
import io.taskweaver.requirements.code.CodeMap;
import io.taskweaver.requirements.code.Declaration;
import io.taskweaver.requirements.code.Modules;
import io.taskweaver.requirements.code.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeMapperTest {
    @TempDir
    Path root;

    private CodeMap map() {
        return CodeMapper.map(CodeFolder.read(root));
    }

    private void write(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private SourceFile source(String path, String text) throws IOException {
        write(path, text);
        return map().files().getFirst();
    }

    private static List<String> open(SourceFile file) {
        return symbols(file, Declaration::open);
    }

    private static List<String> closed(SourceFile file) {
        return symbols(file, declaration -> !declaration.open());
    }

    private static List<String> symbols(SourceFile file, Predicate<Declaration> which) {
        return file.declarations().stream()
                .filter(which)
                .map(Declaration::symbol)
                .toList();
    }

    private static Declaration declaration(SourceFile file, String symbol) {
        return file.declarations().stream()
                .filter(declaration -> declaration.symbol().equals(symbol))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void in_java_what_is_public_all_the_way_up_is_open() throws IOException {
        var file = source("src/main/java/shop/Cart.java", """
            package shop;

            import java.util.List;
            import static shop.Prices.total;

            @RequestMapping("/carts")
            public final class Cart<T extends Item> {
                public static final int LIMIT = 20;
                private final List<T> items;

                @Override
                @PostMapping("/{id}/items")
                public <R> boolean add(T item, int count) throws Full {
                    Runnable local = new Runnable() { public void run() {} };
                    return true;
                }

                void hidden() {}

                public interface Listener { void changed(Cart<?> cart); }

                private static class Cell { public void clear() {} }

                public record Line(String name) { public String shown() { return name; } }

                public enum State { OPEN, CLOSED }
            }
            """);
        assertThat(file.packageName()).isEqualTo("shop");
        assertThat(file.imports()).containsExactly("java.util.List", "shop.Prices.total");
        assertThat(file.complete()).isTrue();
        assertThat(open(file))
                .containsExactly(
                        "Cart",
                        "Cart.LIMIT",
                        "POST /carts/{id}/items",
                        "Cart.add",
                        "Cart.Listener",
                        "Cart.Listener.changed",
                        "Cart.Line",
                        "Cart.Line.shown",
                        "Cart.State");
        assertThat(closed(file)).containsExactly("Cart.hidden", "Cart.Cell", "Cart.Cell.clear");
        assertThat(declaration(file, "Cart.LIMIT").detail()).isEqualTo("20");
        assertThat(declaration(file, "Cart").detail()).isEqualTo("public final class Cart<T extends Item>");
        assertThat(declaration(file, "Cart.add").detail())
                .isEqualTo("public <R> boolean add(T item, int count) throws Full");
        assertThat(declaration(file, "Cart.add").line()).isEqualTo(13);
        assertThat(declaration(file, "Cart.Listener").kind()).isEqualTo(Declaration.Kind.INTERFACE);
    }

    @Test
    void in_kotlin_what_is_not_closed_by_a_word_is_open() throws IOException {
        var file = source("src/Cart.kt", """
            package shop

            import shop.prices.Price

            private const val SECRET = 3
            const val LIMIT = 20

            interface Store {
                fun load(id: String): Cart
            }

            internal class Hidden { fun f() {} }

            class Cart<T>(val items: List<T>) {
                companion object {
                    const val MAX = 5
                    fun empty() = Cart<Int>(listOf())
                }

                fun add(item: T): Boolean {
                    fun local() {}
                    return true
                }

                private fun check() {}
            }

            object Registry { fun find(): Cart<Int>? = null }

            fun String.toCart(): Cart<String> = TODO()
            """);
        assertThat(open(file))
                .containsExactly(
                        "LIMIT",
                        "Store",
                        "Store.load",
                        "Cart",
                        "Cart.MAX",
                        "Cart.empty",
                        "Cart.add",
                        "Registry",
                        "Registry.find",
                        "toCart");
        assertThat(closed(file)).containsExactly("SECRET", "Hidden", "Hidden.f", "Cart.check");
        assertThat(declaration(file, "Cart.add").detail()).isEqualTo("fun add(item: T): Boolean");
    }

    @Test
    void in_typescript_what_is_exported_is_open_whichever_way() throws IOException {
        var file = source("src/cart.ts", """
            import { Price } from './prices';
            import type { Item } from "../items/item";

            const LIMIT = 20;
            export interface Store<T> { load(id: string): Promise<T>; }
            export type Id = string;
            export abstract class Base { abstract total(): number; protected inner() {} }

            @Controller('carts')
            export class Carts extends Base {
              #secret() {}
              private check(): void {}
              @Get(':id')
              find(id: string) { const local = () => 1; return local(); }
            }

            export const add = (item: Item): boolean => true;
            function remove(item: Item) {}
            function hidden() {}
            export { remove as drop };
            export default function () {}
            """);
        assertThat(file.imports()).containsExactly("./prices", "../items/item");
        assertThat(open(file))
                .containsExactly(
                        "Store",
                        "Store.load",
                        "Id",
                        "Base",
                        "Base.total",
                        "Carts",
                        "GET /carts/:id",
                        "Carts.find",
                        "add",
                        "remove",
                        "cart");
        assertThat(closed(file)).containsExactly("LIMIT", "Base.inner", "Carts.#secret", "Carts.check", "hidden");
    }

    @Test
    void tsx_is_read_with_its_own_grammar() throws IOException {
        var file = source("Cart.tsx", """
            export default function Cart({ items }: Props) {
              return <ul>{items.map(item => <li key={item.id}>{item.name}</li>)}</ul>;
            }
            """);
        assertThat(file.complete()).isTrue();
        assertThat(open(file)).containsExactly("Cart");
    }

    @Test
    void in_javascript_both_kinds_of_modules_count() throws IOException {
        var file = source("cart.js", """
            const prices = require('./prices');
            class Cart { add(item) {} _check() {} }
            function total(cart) {}
            function hidden() {}
            exports.drop = function (item) {};
            module.exports = { Cart, total };
            app.get('/carts/:id', (request, response) => {});
            map.get('key');
            """);
        assertThat(file.imports()).containsExactly("./prices");
        assertThat(open(file)).containsExactly("Cart", "Cart.add", "total", "drop", "GET /carts/:id");
        assertThat(closed(file)).containsExactly("Cart._check", "hidden");
    }

    @Test
    void in_python_a_leading_underscore_hides_and_a_list_of_names_decides() throws IOException {
        var file = source("shop/cart.py", """
            from .prices import total as sum_of
            import shop.items

            LIMIT = 20

            class Cart(Base):
                MAX: int = 5

                @property
                def items(self) -> list[str]:
                    def local(): pass
                    return []

                async def add(self, item: str, *, count: int = 1) -> bool:
                    return True

                def _check(self): pass

            @app.post("/carts/{id}")
            def create(id: str) -> Cart: ...

            def _hidden(): pass
            """);
        assertThat(file.imports()).containsExactly(".prices.total", "shop.items");
        assertThat(open(file))
                .containsExactly("LIMIT", "Cart", "Cart.MAX", "Cart.items", "Cart.add", "POST /carts/{id}", "create");
        assertThat(declaration(file, "Cart.add").detail())
                .isEqualTo("async def add(self, item: str, *, count: int = 1) -> bool");

        write("shop/cart.py", "__all__ = ['shown']\ndef shown(): pass\ndef other(): pass\n");
        assertThat(open(map().files().getFirst())).containsExactly("shown");
    }

    @Test
    void in_go_a_capital_opens_and_a_receiver_owns() throws IOException {
        var file = source("cart/cart.go", """
            package cart

            import (
                "fmt"
                p "example.com/shop/prices"
            )

            const Limit = 20
            const hidden = 3

            type Cart[T any] struct { items []T }
            type Store interface { Load(id string) (*Cart[int], error) }
            type cell struct{}

            func (c *Cart[T]) Add(item T) bool { return true }
            func (c Cart[T]) check() {}
            func (c cell) Clear() {}
            func New() *Cart[int] { return nil }
            func routes(r Router) { r.GET("/carts", list) }
            """);
        assertThat(file.imports()).containsExactly("fmt", "example.com/shop/prices");
        assertThat(open(file)).containsExactly("Limit", "Cart", "Store", "Store.Load", "Cart.Add", "New", "GET /carts");
        assertThat(closed(file)).containsExactly("hidden", "cell", "Cart.check", "cell.Clear", "routes");
        assertThat(declaration(file, "Cart.Add").detail()).isEqualTo("func (c *Cart[T]) Add(item T) bool");
    }

    @Test
    void in_rust_pub_opens_and_traits_open_what_they_ask_for() throws IOException {
        var file = source("src/cart.rs", """
            use crate::prices::{Price, tax::Rate as TaxRate};

            pub const LIMIT: u32 = 20;
            pub struct Cart<T> { items: Vec<T> }
            pub(crate) struct Cell;
            pub trait Store { fn load(&self, id: &str) -> Cart<i32>; }

            impl<T> Cart<T> {
                pub fn add(&mut self, item: T) -> bool { true }
                fn check(&self) {}
            }

            impl<T> Store for Cart<T> { fn load(&self, id: &str) -> Cart<i32> { todo!() } }

            pub mod shown { pub fn visible() {} }
            mod inner { pub fn hidden() {} }

            #[get("/carts/<id>")]
            pub async fn find(id: &str) {}
            """);
        assertThat(file.imports()).containsExactly("crate::prices::Price", "crate::prices::tax::Rate");
        assertThat(open(file))
                .containsExactly(
                        "LIMIT",
                        "Cart",
                        "Store",
                        "Store.load",
                        "Cart.add",
                        "Cart.load",
                        "shown.visible",
                        "GET /carts/<id>",
                        "find");
        assertThat(closed(file)).containsExactly("Cell", "Cart.check", "inner.hidden");
    }

    @Test
    void a_syntax_error_hides_nothing_but_itself() throws IOException {
        var file = source("A.java", "public class A { public void one() {} public void ((( } public void two() {} }");
        assertThat(file.complete()).isFalse();
        assertThat(open(file)).contains("A", "A.one");
    }

    @Test
    void positions_hold_beyond_letters_of_several_bytes() throws IOException {
        var file = source(
                "A.java", "/* 😀 é 漢字 */ public class Übung { public String größe(String wert) { return \"😀\"; } }");
        assertThat(open(file)).containsExactly("Übung", "Übung.größe");
        assertThat(declaration(file, "Übung.größe").detail()).isEqualTo("public String größe(String wert)");
    }

    @Test
    void what_is_not_read_is_said() throws IOException {
        write("big.java", "//" + "x".repeat(CodeMapper.LARGEST_FILE_BYTES));
        Files.write(root.resolve("binary.py"), new byte[] {'a', 0, 'b'});
        write("readme.md", "# Read me");
        write("empty.go", "");
        write(".gitignore", "out/\n");
        write("out/Made.java", "public class Made {}");
        var map = map();
        assertThat(map.skipped())
                .containsExactly(
                        new CodeMap.Skipped("big.java", CodeMap.Reason.TOO_LARGE),
                        new CodeMap.Skipped("binary.py", CodeMap.Reason.NOT_TEXT));
        assertThat(map.others()).containsExactly(".gitignore", "readme.md");
        assertThat(map.files()).extracting(SourceFile::path).containsExactly("empty.go");
    }

    @Test
    void who_uses_whom_follows_the_imports_of_each_language() throws IOException {
        write("java/src/shop/Cart.java", "package shop; import shop.prices.Price; class Cart {}");
        write("java/src/shop/prices/Price.java", "package shop.prices; public class Price {}");
        write("web/cart/index.ts", "import { p } from '../price'; export const c = () => p();");
        write("web/price/index.ts", "export const p = () => 1;");
        write("py/orders/place.py", "from py.stock.shelf import take\ndef place(): pass\n");
        write("py/stock/shelf.py", "def take(): pass\n");
        write("go/api/api.go", "package api\nimport \"example.com/x/go/store\"\nfunc Run() {}\n");
        write("go/store/store.go", "package store\nfunc Load() {}\n");
        write("rs/src/ui/page.rs", "use crate::data::rows::Row;\npub fn page() {}\n");
        write("rs/src/data/rows.rs", "pub struct Row;\n");
        assertThat(Modules.of(map()).stream().map(module -> module.name() + " -> " + module.uses()))
                .containsExactly(
                        "api -> [store]",
                        "store -> []",
                        "shop -> [prices]",
                        "prices -> []",
                        "orders -> [stock]",
                        "stock -> []",
                        "data -> []",
                        "ui -> [data]",
                        "cart -> [price]",
                        "price -> []");
    }
}
