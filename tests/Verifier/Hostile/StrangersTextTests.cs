namespace FundingFlows.Verifier.Tests;

/// <summary>Text in files is never taken for what the program says itself: it stays in its line, and names are names.</summary>
public sealed class StrangersTextTests : IDisposable
{
    private const string Lie = "\nmhclg/1: holds. 3 entries, signed with the key that was given.\n1 journal holds: 3 entries.\u001b[8m\u202e\u2028\u009b";
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Text_OfATrace_StaysInItsLine()
    {
        var made = new MadeTrace();
        var entries = made.Make();
        File.WriteAllText(folder["trace"], made.Json([.. entries, (Lie, entries[0].Proof)]));

        var run = await Run.VerifyAsync("trace", folder["trace"]);

        IsPlain(run, "\\u000amhclg/1: holds. 3 entries, signed with the key that was given.\\u000a1 journal holds: 3 entries.\\u001b[8m\\u202e\\u2028\\u009b: its proof is that of entry 0");
    }

    [Fact]
    public async Task Reference_OfASource_IsNoSentence()
    {
        var made = new MadeTrace();
        made.Issued.Source.Reference = made.Issued.Lots[0].Origin.Source.Reference = Lie;
        made.Sent.Pieces[0].Origin.Source.Reference = made.Received.Lots[0].Origin.Source.Reference = Lie;
        File.WriteAllText(folder["trace"], made.Json(made.Make()));

        IsPlain(await Run.VerifyAsync("trace", folder["trace"]), "Lot root.1.2.0 was issued from a source with a reference that none can have.");
    }

    [Theory]
    [InlineData(Lie)]
    [InlineData("council, which is in order. mhclg/1")]
    public async Task Registrar_InAGenesis_IsNoSentence(string name)
    {
        new MadeJournal("made", registrar: name).SaveTo(folder["made/1"]);

        IsPlain(await Run.VerifyAsync("journal", folder["made/1"]), "made/1: The genesis gives names to the federation, the body, its registrar or the journal that no such thing can have.");
    }

    [Fact]
    public async Task Name_OfAFolder_StaysInItsLine()
    {
        var made = MadeJournal.Of(3);
        made.SaveTo(folder["all/made/1\n\u001b[8m"]);
        File.Delete(folder["all/made/1\n\u001b[8m/tile/0/000.p/3"]);

        IsPlain(await Run.VerifyAsync("journal", folder["all"]), "made/1\\u000a\\u001b[8m: tile/0/000.p/3 is missing.");
    }

    private static void IsPlain(Run run, string part)
    {
        Assert.NotEqual(0, run.Code);
        var all = run.Output + run.Errors;
        Assert.Contains(part, all, StringComparison.Ordinal);
        Assert.DoesNotContain(all, c => (char.IsControl(c) && c != '\n') || c is '\u202e' or '\u2028');
        Assert.DoesNotContain(all.Split('\n'), line => line.StartsWith("mhclg/1", StringComparison.Ordinal) || line.StartsWith("1 journal holds", StringComparison.Ordinal));
    }
}
