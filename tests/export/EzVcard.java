import ezvcard.Ezvcard;
import ezvcard.VCard;
import ezvcard.ValidationWarnings;
import ezvcard.io.ParseWarning;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a file of vCards (.vcf) or jCards (.json) with ez-vcard and prints how many, and all that is wrong with them. */
public class EzVcard {
    public static void main(String[] arguments) throws Exception {
        String text = Files.readString(Path.of(arguments[0]), StandardCharsets.UTF_8);
        List<List<ParseWarning>> warnings = new ArrayList<>();
        List<VCard> cards = arguments[0].endsWith(".json")
            ? Ezvcard.parseJson(text).warnings(warnings).all()
            : Ezvcard.parse(text).warnings(warnings).all();
        System.out.println(cards.size());
        warnings.stream().flatMap(List::stream).forEach(System.out::println);
        for (VCard card : cards) {
            ValidationWarnings found = card.validate(card.getVersion());
            if (!found.isEmpty()) {
                System.out.println(card.getFormattedName().getValue() + ": " + found);
            }
        }
    }
}
