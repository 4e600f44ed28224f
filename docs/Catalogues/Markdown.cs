using System.Text;

namespace FundingFlows.Catalogues;

/// <summary>Text in Markdown, a paragraph after the other.</summary>
internal sealed class Markdown
{
    private readonly StringBuilder text = new();

    public Markdown(string title, string about)
    {
        text.Append($"# {title}\n");
        Paragraph($"<!-- Generated: edit the contracts or the code, then run `{Catalogue.Command}`. -->");
        Paragraph(about);
    }

    public Markdown Heading(int level, string words) => Paragraph($"{new string('#', level)} {words}");

    /// <summary>A paragraph; nothing where there are no words.</summary>
    public Markdown Paragraph(string? words)
    {
        if (!string.IsNullOrEmpty(words))
            text.Append($"\n{words}\n");
        return this;
    }

    /// <summary>A table; nothing where it has no rows.</summary>
    public Markdown Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        var lines = rows.Select(Line).ToList();
        return lines.Count == 0 ? this : Paragraph(string.Join('\n', [Line(head), Line([.. head.Select(_ => "---")]), .. lines]));
    }

    public override string ToString() => text.ToString();

    private static string Line(IReadOnlyList<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ")))} |";
}
