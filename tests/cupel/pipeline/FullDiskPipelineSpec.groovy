package cupel.pipeline

import java.nio.file.Files
import java.nio.file.Path
import org.opentest4j.TestAbortedException
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** A disk that fills up in the middle of a campaign, or cannot be written to: a memory file system that only this specification sees. */
class FullDiskPipelineSpec extends Specification {

    static final List<String> CAMPAIGN = ['-profile', 'test']

    @Shared
    @TempDir
    Path folder

    def setupSpec() {
        if (sh('unshare -m mount -t tmpfs -o size=1m tmpfs .').status != 0) {
            def notice = 'no file system can be mounted here, so full disks are not tested; it takes root, in a container: --privileged'
            System.err.println("SKIPPED: FullDiskPipelineSpec: $notice")
            throw new TestAbortedException(notice)
        }
    }

    def "a full disk is named, and with room -resume ends with the same bytes as without it"() {
        given:
        def undisturbed = new Pipeline(folder.resolve('undisturbed')).run(*CAMPAIGN)

        when: 'so little is enough for the first generation, not for all'
        def run = sh("""\
            unshare -m bash -euc '
                mount -t tmpfs -o size=1400k tmpfs small
                cd small
                ! "\$0" "\$@" > ../full.log 2>&1
                mount -o remount,size=100m .
                "\$0" "\$@" -resume > ../resumed.log 2>&1
                cp -r results ../resumed
            ' $command
            """)
        def full = folder.resolve('full.log').toFile().text
        def resumed = folder.resolve('resumed.log').toFile().text
        println("$full\n$resumed")

        then:
        undisturbed.exitStatus == 0
        run.status == 0 || { println(run.said); false }()

        and: 'Nextflow says what failed, Cupel where and what to do'
        full.contains('No space left on device')
        full.contains("The disk is full: less than 4 MB are left for ${folder.resolve('small').toRealPath()}. Make room.\n" +
            'Not finished. What is done is kept: the same command with -resume goes on from there.')

        and:
        resumed.contains('Cached process > CAMPAIGNS:ACTIVE_LEARNING:GENERATION:TRAIN_POTENTIAL (campaign_01/generation_001)')
        ['pool.xyz', 'potential.json', 'generations.csv', 'stop.json'].every { name ->
            Files.mismatch(folder.resolve("resumed/campaign_01/$name"), undisturbed.result("campaign_01/$name").toPath()) == -1
        }
    }

    def "a folder that cannot be written to is named before the first task: #what"() {
        when:
        def run = sh("unshare -m bash -euc 'mount -t tmpfs -o ro tmpfs small; cd $where; \"\$0\" \"\$@\"' $command $options")

        then:
        run.status != 0
        run.said.contains(message.replace('HERE', folder.toRealPath().toString()))
        !run.said.contains('Submitted process')

        where:
        what          | where   | options                       || message
        'results'     | '.'     | '--outdir small/results'      || '--outdir small/results: cannot be written to (FileSystemException: HERE/small/results: Read-only file system)'
        'work folder' | '.'     | '-work-dir small/work'        || 'Cannot create work-dir: HERE/small/work'
        'here'        | 'small' | '--outdir ../elsewhere'       || 'HERE/small cannot be written to; start a campaign in a folder of your own'
    }

    private static String getCommand() {
        "'${Pipeline.PROJECT.resolve('nextflow')}' run '${Pipeline.PROJECT}' -ansi-log false ${CAMPAIGN.join(' ')}"
    }

    private Map sh(String script) {
        Files.createDirectories(folder.resolve('small'))
        Process process = new ProcessBuilder('bash', '-c', script).directory(folder.toFile()).redirectErrorStream(true).start()
        String said = process.inputStream.text
        return [status: process.waitFor(), said: said]
    }
}
