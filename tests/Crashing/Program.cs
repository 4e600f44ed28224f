using System.Globalization;
using FundingFlows.Crashing;

// Writes to journals until it is killed. Standard input: a line for each store (Plan), then "go", then what else it shall do.
// Standard output: a line for each thing that is true from then on.
var plans = new List<Plan>();
while (Console.In.ReadLine() is { } line && line != "go")
    plans.Add(Plan.Parse(line));
var writings = plans.Select(plan => new Writing(plan)).ToList();
_ = Task.WhenAll(writings.Select(writing => Task.Run(() => writing.RunAsync(CancellationToken.None)))).ContinueWith(
    failed =>
    {
        Console.Error.WriteLine(failed.Exception);
        Environment.Exit(3);
    },
    CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
while (Console.In.ReadLine()?.Split(' ', 2) is { } words)
    switch (words[0])
    {
        case "more":
            writings.ForEach(writing => writing.Raise(int.Parse(words[1], CultureInfo.InvariantCulture)));
            break;
        case "pause":
            writings.ForEach(writing => writing.PauseNext());
            break;
        case "read":
            foreach (var writing in writings)
                await writing.ReadAsync(CancellationToken.None);
            break;
        case "fail":
            if (words.Length == 1)
                SystemCalls.FailSync();
            else
                SystemCalls.FailSync(words[1]);
            Console.Out.WriteLine("syncing fails");
            break;
        case "words":
            DocumentStore.Open(words[1], TimeProvider.System).Keep("HMT", Commands.Id(0, 0), 1, "words");
            Console.Out.WriteLine("kept");
            break;
        case "lease":
            await writings[0].LeaseAsync(CancellationToken.None);
            Console.Out.WriteLine("leased");
            break;
        case "fill":
            Disk.Fill(words[1]);
            Console.Out.WriteLine("the disk is full");
            break;
        default:
            File.Delete(words[1]);
            Console.Out.WriteLine("there is room");
            break;
    }
