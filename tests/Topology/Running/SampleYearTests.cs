using System.Net.Http.Json;
using System.Text.Json;
using FundingFlows.Support;

namespace FundingFlows.Topologies.Tests;

/// <summary>The one command: real processes, the sample year, and what can be seen of it from outside.</summary>
[Collection(nameof(WholeRuns))]
public sealed class SampleYearTests
{
    private const long LevellingUpPence = 208_348_482_00;
    private const long PlaceFundPence = 96_000_000_00;
    private const long LevyPence = 250_000_00;
    private const long InterestPence = 300_00;
    private const long NeighboursFundPence = 300_000_00;
    private const long ReorganisationFundPence = 60_000_00;
    private const long PotsPence = 60_000_00 + 40_000_00;
    private const long OnePlacePence = 50_000_00 + 30_000_00 + 20_000_00;
    private const long PilotPence = 40_000_00 + 12_000_00;
    private const long StartUpPence = 6_000_00, CascadePence = 10_000_00;

    /// <summary>Words of the sample that may stand nowhere but in document stores.</summary>
    private static readonly string[] Words = ["Example payee (invented)", "Illustration: an invented bill for", "went back to the shop", "Capital for town centres", "An invented fund that shows"];

    [Fact]
    public async Task Run_OfTheSampleYear_ReconcilesFromOutsideAndCanBeRepeated()
    {
        using var data = new DataFolder();
        string first;
        await using (var host = LocalHost.Start(["--data", data.Path, "--port", "0", "--json", data["figures.json"]]))
        {
            await host.SaidAsync("until Ctrl-C ends it.");
            var gateway = new Uri($"http://127.0.0.1:{data.Setting("gateway", "FundingFlows:Ports:Http")}");
            first = host.Output;
            PrintsWhatItPromises(first);
            Assert.EndsWith($"All stays up at {gateway} until Ctrl-C ends it.", first.TrimEnd(), StringComparison.Ordinal);
            FiguresAre(data.Figures());
            await BooksFromOutsideAsync(gateway);
            await WhatHappened.IsEverythingAsync(gateway);
            await PageAsync(gateway);
            Assert.Equal(8, LocalHost.ProcessesOf(data.Path).Count);
            host.Interrupt();
            Assert.Equal(0, await host.EndAsync());
        }
        await LocalHost.NothingLeftAsync(data.Path);
        HoldsNoWords(data);

        var (code, output, errors) = await LocalHost.RunAsync("--data", data.Path, "--port", "0", "--once", "--json", data["again.json"]);
        Assert.True(code == 0, output + errors);
        Assert.DoesNotContain("Ctrl-C", output, StringComparison.Ordinal);
        foreach (var name in (string[])["transfers", "payments", "reports", "lots", "spent_pence", "held_pence", "refusals"])
            Assert.Equal(data.Figures().GetProperty(name).GetInt64(), data.Figures("again.json").GetProperty(name).GetInt64());
        Assert.Equal(EntriesIn(first), EntriesIn(output));
        await LocalHost.NothingLeftAsync(data.Path);
    }

    [Fact]
    public async Task Run_BesideSidecars_TellsTheSameAndPutsNoWordsInEvents()
    {
        using var data = new DataFolder();
        await using var dapr = await DaprDouble.StartAsync();
        var environment = new Dictionary<string, string> { ["DAPR_GRPC_PORT"] = $"{dapr.GrpcPort}" };
        await using var host = LocalHost.Start(["--data", data.Path, "--port", "0", "--once", "--json", data["figures.json"]], environment);
        foreach (var instance in (string[])["central-government", "combined-authorities", "council-a", "council-b", "neighbourhood-forums", "audit"])
            await AttachAsync(dapr, data, instance);
        Assert.True(await host.EndAsync() == 0, host.Output + host.Errors);

        FiguresAre(data.Figures());
        HoldsNoWords(data);
        Assert.True(dapr.Published.Count >= 73);
        Assert.Equal(73, dapr.Published.Select(envelope => (string)envelope["subject"]!).Distinct().Count());
        var events = string.Join('\n', dapr.Published.Select(envelope => envelope.ToJsonString()));
        Assert.All(Words, words => Assert.DoesNotContain(words, events, StringComparison.OrdinalIgnoreCase));
        await LocalHost.NothingLeftAsync(data.Path);
    }

    private static async Task AttachAsync(DaprDouble dapr, DataFolder data, string instance) => await Wait.UntilAsync(
        async () =>
        {
            if (data.Setting(instance, "FundingFlows:Ports:Http") is not { } port)
                return false;
            try
            {
                await dapr.AttachAsync(new Uri($"http://127.0.0.1:{port}"));
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        attached => attached, $"a sidecar of {instance}");

    private static void PrintsWhatItPromises(string output)
    {
        var lines = output.TrimEnd().Split('\n');
        Assert.InRange(lines.Length, 20, 54);
        string[] inOrder =
        [
            "public figures", "invented", "Healthy after", "central-government", "gateway", "Flow by tier", "forums", "back to its source", "issued", "paid",
            "By a recorded formula: Durham County Council gets £18,787,023.62 in 2026-27: £11,067,292.87 because 538,011 people live there, £7,719,730.75 because need there is", "Place Fund (illustration), 2026-27", "£96,000,000        £96,000,000     £47,720,433.95      £72,000,000 from 12 of 12     £26,889,345.44", "attempts against ring-fences were refused", "Killed council-b in mid-transfer", "restarted: £0.00 lost", "closed 2026-27", "(invented) was abolished with £30,000.01, and £24,999.99 on its way", "nothing was lost", "refused to pay £1,200 of it, lost the appeal and paid", "merged £55,000 of one pot", "made one fund of three pots: of £40,000 of it at ", "£20,000 came from Levelling Up (illustrative pot), £12,500 came from Community Renewal (illustrative pot), £7,500 came from Community Ownership (illustrative pot). Refused: £60,000 of One Place Fund (illustration) is kept for what it was given for: its terms do not let it be merged into Town Centres Pot (illustration).", "Released once the report had come, and not before: ", "has not reported on One Place Fund (illustration) for 1 April 2026 to 30 June 2026", "claimed £40,000 back", "let off £3,000", "(invented) took a new key, sent £2,000 of £6,000 back", "journal is sealed", "issued = ", "Reconciled to the penny", "Page: http://", "curl http://", "checked by the program verify", "73 journals hold: ", "as a file: It holds: £771,273.80 paid by E05001087", "One byte of payment ", "flipped in a copy: ", " is altered: it has not the hash that leads to the root of the checkpoint.",
        ];
        var at = 0;
        foreach (var part in inOrder)
        {
            at = output.IndexOf(part, at, StringComparison.Ordinal);
            Assert.True(at >= 0, $"'{part}' is missing, or not where it should be:\n{output}");
        }
        Assert.EndsWith("that leads to the root of the checkpoint.", lines[^2], StringComparison.Ordinal);
        Assert.DoesNotContain("NOT PROVED", output, StringComparison.Ordinal);
        Assert.DoesNotContain("transfer (£0 on its way)", output, StringComparison.Ordinal);
    }

    private static void FiguresAre(JsonElement figures)
    {
        long Of(string name) => figures.GetProperty(name).GetInt64();
        Assert.True(figures.GetProperty("reconciled").GetBoolean());
        Assert.Equal((73, LevellingUpPence + PlaceFundPence + LevyPence + InterestPence + NeighboursFundPence + ReorganisationFundPence + PotsPence + OnePlacePence + PilotPence + StartUpPence + CascadePence), (Of("bodies"), Of("issued_pence")));
        Assert.Equal(Of("issued_pence"), Of("spent_pence") + Of("held_pence") + Of("in_transit_pence") + Of("surrendered_pence"));
        Assert.InRange(Of("surrendered_pence"), 1, PlaceFundPence);
        // 11 published awards; 5 lines to each combined authority and council; 2 to each forum; one repayment, and three at the year's end; 4 among neighbours;
        // to the council that is abolished one before and one after, and one to each of its successors; 7 of two pots; 3 on each of three steps of the three that became one; the pilot's money, what was left of it, and what was owed; what the forum that is closed got and sent back; what went down three tiers by itself.
        Assert.Equal(11 + (2 * 5) + (12 * 5) + (56 * 2) + 1 + 3 + 4 + 4 + 7 + 9 + 3 + 2 + 3, Of("transfers"));
        // Each forum 3 bills, each council 2, those with forums one more, those with awards one more; a loan, what one owed, what was nearly paid twice, and what a council had refused; one of the abolished council, and one of what it owed; one of the pilot; one of the forum that is closed.
        Assert.Equal((56 * 3) + (12 * 2) + 10 + 8 + 4 + 2 + 1 + 1, Of("payments"));
        // Each body below central but the abolished one once on the Place Fund, each awarded body once on its award, 4 among neighbours, 5 on the two pots, 4 on the three that became one, for which a forum reported twice, and the forum that is closed.
        Assert.Equal(70 + 10 + 4 + 5 + 4 + 1, Of("reports"));
        Assert.Equal((0, 6, 73), (Of("in_transit_pence"), Of("refusals"), Of("journals_verified")));
    }

    private static async Task BooksFromOutsideAsync(Uri gateway)
    {
        using var client = new HttpClient { BaseAddress = gateway };
        var health = await client.GetFromJsonAsync<JsonElement>("/health");
        Assert.Equal("Healthy", health.GetProperty("status").GetString());
        var books = await client.GetFromJsonAsync<JsonElement>("/v1/audit/reconciliation");
        Assert.True(books.GetProperty("reconciled").GetBoolean());
        Assert.All(books.GetProperty("checks").EnumerateArray(), check => Assert.True(check.GetProperty("examined").GetInt64() > 0, check.ToString()));

        // What the auditor says of each body is what the body says of itself, and the bodies' own figures add up.
        var audited = (await client.GetFromJsonAsync<JsonElement>("/v1/audit/bodies?pageSize=1000")).GetProperty("bodies").EnumerateArray().ToList();
        Assert.Equal(73, audited.Count);
        long held = 0, spent = 0;
        foreach (var body in audited)
        {
            var own = (await client.GetFromJsonAsync<JsonElement>($"/v1/bodies/{body.GetProperty("id").GetString()}")).GetProperty("body");
            Assert.Equal(own.GetProperty("totals").ToString(), body.GetProperty("totals").ToString());
            Assert.Equal(own.GetProperty("journalSize").GetInt64(), body.GetProperty("journalSize").GetInt64());
            held += own.GetProperty("totals").GetProperty("cashPence").GetInt64();
            spent += own.GetProperty("totals").GetProperty("spentPence").GetInt64();
        }
        Assert.Equal((books.GetProperty("heldPence").GetInt64(), books.GetProperty("spentPence").GetInt64()), (held, spent));
        var durham = (await client.GetFromJsonAsync<JsonElement>("/v1/bodies/E06000047/accounts?fund=mhclg.levelling-up-fund")).GetProperty("lines")[0];
        Assert.Equal(20_000_000_00, durham.GetProperty("accounts").GetProperty("receivedPence").GetInt64());
    }

    private static async Task PageAsync(Uri gateway)
    {
        using var client = new HttpClient { BaseAddress = gateway };
        var payments = await client.GetFromJsonAsync<JsonElement>("/v1/audit/payments?pageSize=1");
        var payment = payments.GetProperty("payments")[0].GetProperty("id").GetString();
        var page = await client.GetStringAsync(new Uri($"/?payment={payment}", UriKind.Relative));
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains("Every step is proved", page, StringComparison.Ordinal);
        // What a council got of each year, and why.
        var council = System.Net.WebUtility.HtmlDecode(await client.GetStringAsync(new Uri("/?body=E06000047", UriKind.Relative)));
        Assert.Contains("Its money, year by year", council, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">£18,787,023.62</td>", council, StringComparison.Ordinal);
        Assert.Contains("Durham County Council gets £18,787,023.62 in 2026-27: £11,067,292.87 because 538,011 people live there", council, StringComparison.Ordinal);
    }

    private static void HoldsNoWords(DataFolder data)
    {
        var files = data.FilesThatHoldNoWords.ToList();
        Assert.Contains(files, file => file.EndsWith("journals.db", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith(".log", StringComparison.Ordinal));
        foreach (var words in Words)
        {
            Assert.DoesNotContain(files, file => DataFolder.Holds(file, words));
            // The test looks for words that are really there to be found.
            Assert.Contains(data.DocumentStores, file => DataFolder.Holds(file, words));
        }
    }

    private static string EntriesIn(string output) => output.Split('\n').First(line => line.StartsWith("Reconciled", StringComparison.Ordinal)).Split(", ")[1];
}

/// <summary>Whole runs take both cores: one at a time.</summary>
[CollectionDefinition(nameof(WholeRuns), DisableParallelization = true)]
public sealed class WholeRuns;
