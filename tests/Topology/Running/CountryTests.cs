using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using FundingFlows.Support;

namespace FundingFlows.Topologies.Tests;

/// <summary>The awards of a table are paid to the councils of another, whatever dies meanwhile.</summary>
[Collection(nameof(WholeRuns))]
public sealed class CountryTests
{
    private static readonly string[] InOrder = ["council-a", "central-government", "gateway", "audit", "council-b", "neighbourhood-forums", "combined-authorities"];

    /// <summary>What differs between any two runs.</summary>
    private static readonly string[] Measured = ["startup_seconds", "year_seconds", "trace_milliseconds", "memory_megabytes"];

    [Fact]
    public async Task Country_PaidItsAwards_ComesToTheSameWhenEveryProcessIsKilled()
    {
        using var data = new DataFolder();
        var arguments = await ImportAsync(data);
        var undisturbed = await PlayAsync(data["undisturbed"], arguments, _ => Task.CompletedTask);
        var entries = long.Parse(undisturbed.Books["mhclg"].Split(' ')[0], CultureInfo.InvariantCulture);
        var killed = new List<int>();
        var disturbed = await PlayAsync(data["disturbed"], [.. arguments, "--restart"], async host =>
        {
            // Spread over the run by what central government has recorded so far, from its first steps to near its end.
            for (var i = 0; i < InOrder.Length; i++)
            {
                await RecordedAsync(data["disturbed"], entries * i / InOrder.Length);
                Assert.DoesNotContain("Reconciled", host.Output, StringComparison.Ordinal);
                killed.Add(await KillAsync(Path.Combine(data["disturbed"], InOrder[i])));
            }
        });

        Assert.Equal(InOrder.Length, killed.Distinct().Count());
        foreach (var instance in InOrder)
            Assert.Contains(instance, StartedAgain(disturbed.Output), StringComparison.Ordinal);
        Assert.DoesNotContain("started again", undisturbed.Output, StringComparison.Ordinal);
        Assert.Equal(undisturbed.Figures, disturbed.Figures);
        Assert.Equal(28, undisturbed.Books.Count);
        foreach (var (body, books) in undisturbed.Books)
            Assert.Equal(books, disturbed.Books[body]);
    }

    [Fact]
    public async Task Country_PaidItsAwards_ShowsWhoGotNothingAndCanBeRepeated()
    {
        using var data = new DataFolder();
        string[] arguments = [.. await ImportAsync(data), "--data", data["run"], "--port", "0", "--once", "--json", data["figures.json"]];
        var (code, output, errors) = await LocalHost.RunAsync(arguments);
        Assert.True(code == 0, output + errors);
        Assert.InRange(output.TrimEnd().Split('\n').Length, 20, 54);
        Assert.Contains("£41,671,407 issued for 6 awards, as attributed to 4 councils, and paid direct: each received its amount to the penny.", output, StringComparison.Ordinal);
        Assert.Contains("11 of the 14 left-behind wards lie in councils that got nothing (4 councils).", output, StringComparison.Ordinal);
        var figures = data.Figures();
        var attributed = figures.GetProperty("attributed");
        Assert.All((string[])["issued_pence", "received_pence"], name => Assert.Equal(SmallCountry.AwardedPence, attributed.GetProperty(name).GetInt64()));
        Assert.Equal(SmallCountry.AwardedPence, attributed.GetProperty("held_pence").GetInt64() + attributed.GetProperty("spent_pence").GetInt64());
        // Ten years of 2.6 billion, by formulas alone; seven councils of three combined authorities, and three without one, but no county.
        Assert.Contains("\nSettled for 2026-27 to 2035-36 (illustration): £26,000,000,000 promised by central government, by ", output, StringComparison.Ordinal);
        Assert.Matches(@"; \d+ councils have some in every year, and forums £[\d,.]+ in all\.\n", output);
        // How great the need is is not known of all that central government funds.
        Assert.Matches(@"\nOne of them: .+ gets £[\d,.]+ in 2026-27: £[\d,.]+ because [\d,]+ people live there\.\r?\n", output);
        Assert.Contains("The sample year was played besides, with invented funds, by Cambridgeshire and Peterborough Combined Authority and those below it.", output, StringComparison.Ordinal);
        Assert.Contains("\nCambridge City Council (illustration: no such order exists) was abolished with £", output, StringComparison.Ordinal);
        Assert.Contains(" and £24,999.99 on its way to it: Cambridgeshire County Council has £", output, StringComparison.Ordinal);
        Assert.Contains(" s: 28 journals hold: ", output, StringComparison.Ordinal);
        Assert.Equal((28, true), (figures.GetProperty("bodies").GetInt32(), figures.GetProperty("reconciled").GetBoolean()));

        // A council has the books of another by now; nobody pays more for that, or less.
        var (again, repeated, problems) = await LocalHost.RunAsync(arguments);
        Assert.True(again == 0, repeated + problems);
        Assert.All(figures.EnumerateObject().Where(figure => !Measured.Contains(figure.Name)), figure => Assert.Equal($"{figure.Value}", $"{data.Figures().GetProperty(figure.Name)}"));
        await LocalHost.NothingLeftAsync(data.Path);
    }

    /// <summary>Everything that an imported topology can play without awards.</summary>
    [Fact]
    public async Task Country_OnTheSampleYear_Reconciles()
    {
        using var data = new DataFolder();
        await ImportAsync(data);
        var (code, output, errors) = await LocalHost.RunAsync("--topology", data["country.json"], "--data", data["run"], "--port", "0", "--once");
        Assert.True(code == 0, output + errors);
        Assert.Contains("Reconciled to the penny: 28 bodies", output, StringComparison.Ordinal);
    }

    private static async Task<string[]> ImportAsync(DataFolder data)
    {
        File.WriteAllText(data["places.csv"], SmallCountry.Places);
        File.WriteAllText(data["awards.csv"], SmallCountry.Awards);
        var (code, output, errors) = await LocalHost.RunAsync("import", "--places", data["places.csv"], "--out", data["country.json"]);
        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("28 bodies in 7 instances: 3 combined authorities, 10 councils, 14 neighbourhood forums and central government.", output, StringComparison.Ordinal);
        return ["--topology", data["country.json"], "--awards", data["awards.csv"]];
    }

    private static async Task<(string Output, string Figures, IReadOnlyDictionary<string, string> Books)> PlayAsync(
        string data, IReadOnlyList<string> arguments, Func<LocalHost, Task> disturb)
    {
        var file = data + ".json";
        await using var host = LocalHost.Start([.. arguments, "--data", data, "--port", "0", "--json", file]);
        await disturb(host);
        await host.SaidAsync("leads to the root of the checkpoint.");
        var figures = JsonSerializer.Deserialize<SortedDictionary<string, JsonElement>>(File.ReadAllBytes(file))!;
        Assert.True(figures["reconciled"].GetBoolean(), host.Output);
        foreach (var name in Measured)
            Assert.True(figures.Remove(name));
        var gateway = new Uri($"http://127.0.0.1:{Port(data, "gateway")}");
        var books = await BooksAsync(gateway);
        await WhatHappened.IsEverythingAsync(gateway);
        host.Interrupt();
        Assert.Equal(0, await host.EndAsync());
        await LocalHost.NothingLeftAsync(data);
        return (host.Output, JsonSerializer.Serialize(figures), books);
    }

    /// <summary>What every body says of itself: the size of its journal, its totals, and its accounts.</summary>
    private static async Task<Dictionary<string, string>> BooksAsync(Uri gateway)
    {
        using var client = new HttpClient { BaseAddress = gateway };
        var books = new Dictionary<string, string>();
        foreach (var body in (await client.GetFromJsonAsync<JsonElement>("/v1/audit/bodies?pageSize=1000")).GetProperty("bodies").EnumerateArray())
        {
            var id = body.GetProperty("id").GetString()!;
            var own = (await client.GetFromJsonAsync<JsonElement>($"/v1/bodies/{id}")).GetProperty("body");
            var accounts = await client.GetFromJsonAsync<JsonElement>($"/v1/bodies/{id}/accounts");
            books.Add(id, $"{own.GetProperty("journalSize")} entries\n{own.GetProperty("totals")}\n{accounts}");
        }
        return books;
    }

    /// <summary>Waits until central government has recorded so many entries. It may be away meanwhile.</summary>
    private static Task RecordedAsync(string data, long entries) => Wait.UntilAsync(
        async () =>
        {
            if (Port(data, "central-government") is not { } port)
                return 0;
            using var client = new HttpClient();
            try
            {
                return (await client.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{port}/v1/bodies/mhclg")).GetProperty("body").GetProperty("journalSize").GetInt64();
            }
            catch (HttpRequestException)
            {
                return 0;
            }
        },
        recorded => recorded > entries, $"entry {entries} of central government");

    private static async Task<int> KillAsync(string instance)
    {
        await Wait.UntilAsync(() => LocalHost.ProcessesOf(instance).Count == 1, $"that one process runs for {instance}");
        using var process = Process.GetProcessById(LocalHost.ProcessesOf(instance).Single());
        process.Kill();
        return process.Id;
    }

    private static string? Port(string data, string instance)
    {
        var file = Path.Combine(data, instance, "settings.json");
        if (!File.Exists(file))
            return null;
        try
        {
            using var settings = JsonDocument.Parse(File.ReadAllBytes(file));
            return settings.RootElement.GetProperty("FundingFlows:Ports:Http").GetString();
        }
        catch (JsonException)
        {
            // It is being written.
            return null;
        }
    }

    private static string StartedAgain(string output) =>
        output.Split('\n').Single(line => line.StartsWith("Ended by themselves and were started again: ", StringComparison.Ordinal));
}
