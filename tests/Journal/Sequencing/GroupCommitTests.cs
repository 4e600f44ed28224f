namespace FundingFlows.Journal.Tests;

/// <summary>Commands that wait share one append; more than may wait are turned away, and nothing is dropped.</summary>
public abstract class GroupCommitTests(StoreKind kind)
{
    [Fact]
    public async Task Commands_ThatWait_ShareOneAppendInTheirOrder()
    {
        await using var instance = new Instance(kind);
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();
        var first = body.SubmitAsync(Ask.Fund("first"), Ask.By(0));
        await hold.Reached;

        var waiting = Enumerable.Range(1, 200).Select(i => body.SubmitAsync(Ask.Fund($"fund-{i}"), Ask.By(i))).ToList();
        Assert.Equal(200, instance.Committer.Waiting);
        hold.Release();
        var outcomes = await Task.WhenAll(waiting);

        Assert.Equal([1, 1, 200], instance.Store.Batches.Select(batch => batch.Single().Entries.Count));
        Assert.Equal(Enumerable.Range(2, 200), outcomes.Select(outcome => (int)outcome.First.Index));
        Assert.Equal(
            ["DLUHC.first", .. Enumerable.Range(1, 200).Select(i => $"DLUHC.fund-{i}")],
            (await instance.StoredAsync()).Skip(1).Select(entry => entry.Fact.FundOpened.Terms.Fund));
        Assert.Equal(1, (await first).First.Index);
        Assert.Equal(0, instance.Committer.Waiting);
    }

    [Fact]
    public async Task Commands_OfSeveralBodies_ShareOneAppend()
    {
        await using var instance = new Instance(kind);
        var bodies = new List<Sequencer>();
        foreach (var id in (string[])["DLUHC", "HMT", "DfE", "DfT"])
            bodies.Add(await instance.OpenAsync(id));
        var hold = instance.Store.HoldNextAppend();
        var first = bodies[0].SubmitAsync(Ask.Fund("first"), Ask.By(0));
        await hold.Reached;

        var waiting = Enumerable.Range(1, 40).Select(i => bodies[i % 4].SubmitAsync(Ask.Fund($"fund-{i}"), Ask.By(i))).ToList();
        hold.Release();
        await Task.WhenAll(waiting);
        await first;

        Assert.Equal([10, 10, 10, 10], instance.Store.Batches.Last().Select(append => append.Entries.Count));
        Assert.Equal([12, 11, 11, 11], bodies.Select(body => (int)body.CommittedSize));
    }

    [Fact]
    public async Task Commands_MoreThanABatchHolds_AreAllStored()
    {
        await using var instance = new Instance(kind, capacity: 5_000);
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();
        var first = body.SubmitAsync(Ask.Fund("first"), Ask.By(0));
        await hold.Reached;

        var waiting = Enumerable.Range(1, 4_100).Select(i => body.SubmitAsync(Ask.Fund($"fund-{i}"), Ask.By(i))).ToList();
        hold.Release();
        await Task.WhenAll(waiting);
        await first;

        Assert.Equal([1, 1, 4_096, 4], instance.Store.Batches.Select(batch => batch.Single().Entries.Count));
        Assert.Equal(4_102, body.CommittedSize);
    }

    [Fact]
    public async Task Command_WhenTheQueueIsFull_IsTurnedAwayAndChangesNothing()
    {
        await using var instance = new Instance(kind, capacity: 3);
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();
        var first = body.SubmitAsync(Ask.Fund("first"), Ask.By(0));
        await hold.Reached;
        var waiting = Enumerable.Range(1, 3).Select(i => body.SubmitAsync(Ask.Fund($"fund-{i}"), Ask.By(i))).ToList();

        Assert.Equal(Unavailability.Busy, await State.WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("late"), Ask.By(4))));
        Assert.Equal(3, instance.Committer.Waiting);
        var repeated = body.SubmitAsync(Ask.Fund("fund-1"), Ask.By(1));
        var read = body.ReadAsync(books => books.Size, TestContext.Current.CancellationToken);
        hold.Release();
        await Task.WhenAll(waiting);

        Assert.True((await repeated).WasRepeated);
        Assert.Equal(5, await read);
        Assert.Equal(5, body.CommittedSize);
        var late = await body.SubmitAsync(Ask.Fund("late"), Ask.By(4));
        Assert.Equal((5, false), (late.First.Index, late.WasRepeated));
        Assert.Equal(1, (await first).First.Index);
    }

    [Fact]
    public async Task Command_OfACallerThatIsAlone_IsCommittedOnItsOwnThread()
    {
        await using var instance = new Instance(kind);
        var body = await instance.OpenAsync();
        for (var i = 0; i < 100; i++)
        {
            var decided = body.DecideAsync([new Submission(Ask.Fund($"fund-{i}"), Ask.By(i))], TestContext.Current.CancellationToken, alone: true);
            var wasDecided = decided.IsCompletedSuccessfully;
            var answered = await decided;
            // A store that answers at once leaves nothing to wait for.
            Assert.True(kind != StoreKind.Sqlite || (wasDecided && body.CommittedSize == i + 2));
            Assert.Equal(i + 1, (await answered)[0].First.Index);
        }
        Assert.Equal(101, body.CommittedSize);
    }

    [Fact]
    public async Task Commands_OfCallersThatThinkThemselvesAlone_ShareWhatComesWhileOneCommits()
    {
        await using var instance = new Instance(kind);
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();
        var first = DecideAsync(0);
        await hold.Reached;
        var waiting = Enumerable.Range(1, 200).Select(DecideAsync).ToList();
        var batches = instance.Store.Batches.Count;
        hold.Release();
        await Task.WhenAll([first, .. waiting]);

        Assert.Equal(batches + 1, instance.Store.Batches.Count);
        Assert.Equal(202, (await instance.StoredAsync()).Count);

        async Task DecideAsync(int i) => await await body.DecideAsync([new Submission(Ask.Fund($"fund-{i}"), Ask.By(i))], TestContext.Current.CancellationToken, alone: true);
    }

    [Fact]
    public async Task Commands_OfManyThreads_AloneAndNot_AreAllStoredBeforeTheProcessEnds()
    {
        await using var instance = new Instance(kind);
        var body = await instance.OpenAsync();
        await Parallel.ForAsync(0, 400, TestContext.Current.CancellationToken, async (i, cancellation) =>
            Assert.Null((await await body.DecideAsync([new Submission(Ask.Fund($"fund-{i}"), Ask.By(i))], cancellation, alone: i % 3 > 0))[0].Refusal));
        await instance.RestartAsync();
        Assert.Equal(401, (await instance.StoredAsync()).Count);
    }

    [Fact]
    public async Task Append_ThatGoesOnElsewhere_BelongsToNoRequest()
    {
        await using var instance = new Instance(kind);
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();
        var first = Task.Run(
            () =>
            {
                instance.Store.Request.Value = "the first one";
                return body.DecideAsync([new Submission(Ask.Fund("first"), Ask.By(0))], TestContext.Current.CancellationToken, alone: true);
            },
            TestContext.Current.CancellationToken);
        await hold.Reached;
        var second = body.SubmitAsync(Ask.Fund("second"), Ask.By(1));
        hold.Release();
        await await first;
        await second;

        Assert.Equal([null, "the first one", null], instance.Store.Requests);
    }

    [Fact]
    public async Task Listener_ThatThrows_LeavesNobodyWaiting()
    {
        await using var instance = new Instance(kind);
        var (body, other) = (await instance.OpenAsync("DLUHC"), await instance.OpenAsync("HMT"));
        var told = 0;
        body.Advanced += _ =>
        {
            if (told++ == 0)
                throw new NotSupportedException("The listener failed.");
        };

        // It was durable before anybody was told.
        Assert.Null((await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))).Refusal);

        await body.ServesAsync();
        Assert.True((await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))).WasRepeated);
        Assert.Null((await other.SubmitAsync(Ask.Fund("homes"), Ask.By(1))).Refusal);
    }

    [Fact]
    public async Task Room_ThatWasTaken_IsGivenBackByEveryCommand()
    {
        await using var instance = new Instance(kind, capacity: 2);
        var body = await instance.OpenAsync();

        for (var i = 0; i < 10; i++)
        {
            Assert.Null((await body.SubmitAsync(Ask.Fund($"fund-{i}"), Ask.By(i))).Refusal);
            Assert.NotNull((await body.SubmitAsync(Ask.Fund($"fund-{i}"), Ask.By(100 + i))).Refusal);
            await Assert.ThrowsAsync<NotSupportedException>(() => body.SubmitAsync(Ask.That((_, _) => throw new NotSupportedException())));
            Assert.Equal(0, instance.Committer.Waiting);
        }
    }
}
